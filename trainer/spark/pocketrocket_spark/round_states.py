"""States of rounds as rows of bounded size: a partition's own are stored as they are, what partitions share is added up."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from .task_process import TaskResult
from .tensor_folder import Tensor

#: Of a tensor in one row.
PIECE_BYTES = 2**20
#: Numbers from `first` on of the tensor `name`, which is a matrix where `width` is not 0.
PIECES = "name string, dtype string, width int, first int, content binary"
#: The same as a partition's task writes them: `own`, `shared`, or `facts` as JSON.
WRITTEN = f"kind string, place int, {PIECES}"
SCHEMA = pa.schema(
    {
        "kind": pa.string(),
        "place": pa.int32(),
        "name": pa.string(),
        "dtype": pa.string(),
        "width": pa.int32(),
        "first": pa.int32(),
        "content": pa.binary(),
    }
)
#: Parts of a state that partitions share (`trainer/src/spark/roundTask.ts`).
SHARED = ("items", "network")

Row = Mapping[str, Any]


def written(result: TaskResult, place: int) -> Iterator[pa.RecordBatch]:
    """What a partition's round comes to, as rows to store."""
    yield facts_of(place, {"epochs": result.epochs})
    yield from states_of(result.tensors, place)


def states_of(tensors: Mapping[str, Tensor], place: int) -> Iterator[pa.RecordBatch]:
    """The tensors of a partition's state as rows to store."""
    for name, tensor in tensors.items():
        kind = "shared" if name.split(".")[0] in SHARED else "own"
        width = tensor.shape[1] if tensor.ndim == 2 else 0
        numbers = np.ascontiguousarray(tensor).reshape(-1)
        at_once = PIECE_BYTES // tensor.itemsize
        for first in range(0, len(numbers), at_once):
            content = numbers[first : first + at_once].tobytes()
            yield _row(kind, place, name, tensor.dtype.str, width, first, content)


def facts_of(place: int, facts: Mapping[str, Any]) -> pa.RecordBatch:
    """Facts of a partition's round as a row to store."""
    return _row("facts", place, "facts", "json", 0, 0, json.dumps(facts).encode())


def _row(*values: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([dict(zip(SCHEMA.names, values, strict=True))], SCHEMA)


def tensors_of(pieces: Iterable[Row]) -> dict[str, Tensor]:
    """The tensors that pieces in any order make up."""
    by_name: dict[str, list[Row]] = {}
    for piece in pieces:
        by_name.setdefault(piece["name"], []).append(piece)
    return {name: _joined(found) for name, found in by_name.items()}


def _joined(pieces: list[Row]) -> Tensor:
    ordered = sorted(pieces, key=lambda piece: int(piece["first"]))
    tensor: Tensor = np.frombuffer(b"".join(piece["content"] for piece in ordered), ordered[0]["dtype"])
    width = int(ordered[0]["width"])
    return tensor.reshape(-1, width) if width > 0 else tensor


def added_up(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The sums over partitions of pieces that come sorted by `name` and `first`; never more than one sum is held."""
    rows = (row for batch in batches for row in batch.to_pylist())
    for (name, first), pieces in groupby(rows, key=lambda row: (row["name"], row["first"])):
        total: Any = 0
        dtype = ""
        for piece in pieces:
            dtype = piece["dtype"]
            total = total + np.frombuffer(piece["content"], dtype).astype(np.float64)
        content = total.astype(dtype).tobytes()
        yield _row("shared", 0, name, dtype, 0, first, content).select(names_of(PIECES))


def names_of(columns: str) -> list[str]:
    """The names of columns as Spark's DDL lists them."""
    return [column.split()[0] for column in columns.split(",")]
