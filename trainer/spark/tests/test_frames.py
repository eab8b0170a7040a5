import json
import struct
from io import BytesIO

import numpy as np
import pytest

from pocketrocket_spark.frames import Frame, read_frame, write_frame


def test_reads_what_was_written() -> None:
    stream = BytesIO()
    tensors = {
        "bytes": np.arange(3, dtype="|u1"),
        "empty": np.zeros((0, 2), "<i4"),
        "f": np.ones((2, 2), "<f8"),
    }
    write_frame(stream, Frame("rows", {"task": "fit"}, tensors))
    write_frame(stream, Frame("end"))
    stream.seek(0)
    frame = read_frame(stream)
    assert frame is not None
    assert (frame.kind, frame.fields) == ("rows", {"task": "fit"})
    assert list(frame.tensors) == list(tensors)
    for name, tensor in tensors.items():
        np.testing.assert_array_equal(frame.tensors[name], tensor)
        assert frame.tensors[name].dtype == tensor.dtype
    assert read_frame(stream) == Frame("end")
    assert read_frame(stream) is None


def test_pads_each_tensor_to_eight_bytes() -> None:
    stream = BytesIO()
    write_frame(stream, Frame("rows", {}, {"a": np.array([7], "<i4"), "b": np.array([1.5], "<f4")}))
    content = stream.getvalue()
    (size,) = struct.unpack("<I", content[:4])
    header = json.loads(content[4 : 4 + size])
    assert header["tensors"] == [
        {"name": "a", "dtype": "<i4", "shape": [1]},
        {"name": "b", "dtype": "<f4", "shape": [1]},
    ]
    assert content[4 + size :] == struct.pack("<i4xf4x", 7, 1.5)


@pytest.mark.parametrize("length", [2, 10, -3])
def test_says_where_a_stream_ends_within_a_frame(length: int) -> None:
    stream = BytesIO()
    write_frame(stream, Frame("rows", {}, {"a": np.zeros(4, "<i4")}))
    with pytest.raises(EOFError):
        read_frame(BytesIO(stream.getvalue()[:length]))


def test_refuses_what_are_no_frames() -> None:
    with pytest.raises(ValueError, match="no frames"):
        read_frame(BytesIO(b"Error: cannot find module"))
