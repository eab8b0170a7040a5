"""Frames between an executor and its Node process: a JSON header and the bytes of tensors."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any, BinaryIO

import numpy as np

from .tensor_folder import DTYPES, Tensor

ALIGNMENT = 8
MAX_HEADER_BYTES = 16 * 2**20


@dataclass
class Frame:
    """One message: what it is, its fields, and its tensors."""

    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tensors: Mapping[str, Tensor] = field(default_factory=dict)


def write_frame(stream: BinaryIO, frame: Frame) -> None:
    """Writes a frame: length of the header, header, tensors each padded to eight bytes."""
    tensors = [
        {"name": name, "dtype": tensor.dtype.str, "shape": list(tensor.shape)}
        for name, tensor in frame.tensors.items()
    ]
    header = json.dumps({**frame.fields, "kind": frame.kind, "tensors": tensors}).encode()
    stream.write(struct.pack("<I", len(header)))
    stream.write(header)
    for tensor in frame.tensors.values():
        contiguous = np.ascontiguousarray(tensor)
        stream.write(contiguous.data.cast("B") if contiguous.nbytes else b"")
        stream.write(bytes(-contiguous.nbytes % ALIGNMENT))


def read_frame(stream: BinaryIO) -> Frame | None:
    """Reads the next frame; None at the end of the stream. Raises EOFError where it ends within one."""
    length = stream.read(4)
    if not length:
        return None
    (size,) = struct.unpack("<I", _exactly(stream, 4 - len(length), length))
    if size > MAX_HEADER_BYTES:
        raise ValueError(f"a header of {size} bytes: what is read are no frames")
    header = json.loads(_exactly(stream, size))
    tensors = {described["name"]: _read_tensor(stream, described) for described in header.pop("tensors", [])}
    return Frame(header.pop("kind"), header, tensors)


def _read_tensor(stream: BinaryIO, described: Mapping[str, Any]) -> Tensor:
    if described["dtype"] not in DTYPES:
        raise ValueError(f"tensor {described['name']} is of an unknown type {described['dtype']}")
    dtype = np.dtype(described["dtype"])
    size = prod(described["shape"]) * dtype.itemsize
    content = _exactly(stream, size + -size % ALIGNMENT)
    return np.frombuffer(content, dtype, prod(described["shape"])).reshape(described["shape"])


def _exactly(stream: BinaryIO, size: int, begun: bytes = b"") -> bytes:
    parts = [begun]
    while size > 0:
        part = stream.read(size)
        if not part:
            raise EOFError("the stream ends within a frame")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
