"""Fits of one model in one task: the ratings of a split go to a Node process, its tensors come back in pieces."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from .blocks import blocks_of
from .failure import Failure
from .frames import Frame
from .histories import Histories
from .splits import Step, kept_by
from .task_process import TaskResult, run_task
from .tensor_folder import Tensor

#: Of a tensor that comes back in one row.
PIECE_BYTES = 8 * 2**20
MIB = 2**20
#: A process without any ratings.
BASE_BYTES = 150 * MIB
#: For each rating: as it arrives, grouped by user, and as the kernels hold it.
BYTES_PER_RATING = 96
FLOAT_BYTES = 4
#: Copies of a model's tables: what is trained, what the optimiser keeps of it, and what is sent.
TABLE_COPIES = 4


#: Fits that count pairs of items, which tasks can do partition by partition.
PAIR_FITS = ("coVisitation", "transitions")
#: As the kernel sums them up.
BYTES_PER_PAIR = 16


@dataclass(frozen=True)
class Fit:
    """One model to fit."""

    name: str
    options: Mapping[str, Any]
    seed: int
    #: Ratings that the trainer's own split keeps, and their digest.
    num_ratings: int
    digest: int
    #: What the model starts from.
    init: Mapping[str, Tensor]


def pairs_of_fit(fit: Fit, num_items: int) -> int:
    """How many pairs of items a fit counts at most; 0 for one that counts none."""
    if fit.name not in PAIR_FITS:
        return 0
    sides = 1 if fit.options["isDirected"] else 2
    return min(num_items**2, sides * int(fit.options["window"]) * fit.num_ratings)


def bytes_of_fit(fit: Fit, num_users: int, num_items: int) -> int:
    """Memory that the Node process of a fit takes beside the executor, estimated."""
    dim = max((int(fit.options.get(name, 0)) for name in ("dim", "embeddingDim")), default=0)
    tables = (num_users + num_items) * dim * FLOAT_BYTES * TABLE_COPIES
    side = min(num_users, int(fit.options.get("maxItems", num_items)), num_items)
    # EASE inverts a matrix of the smaller of users and items, in 64-bit numbers.
    gram = 2 * 8 * side * side if fit.name == "ease" else 0
    lists = 2 * 8 * num_items * int(fit.options.get("numNeighbours", 0))
    lists += BYTES_PER_PAIR * pairs_of_fit(fit, num_items)
    return BASE_BYTES + BYTES_PER_RATING * fit.num_ratings + tables + gram + lists


def is_within(fit: Fit, histories: Histories, task_bytes: int) -> bool:
    """True for a fit that goes into the memory of one task."""
    return bytes_of_fit(fit, len(histories.user_ids), len(histories.item_ids)) <= task_bytes


def refuse_larger(fit: Fit, histories: Histories, task_bytes: int) -> None:
    """Raises Failure ENVIRONMENT where a fit does not go into the memory of one task."""
    if is_within(fit, histories, task_bytes):
        return
    needed = bytes_of_fit(fit, len(histories.user_ids), len(histories.item_ids))
    raise Failure(
        "ENVIRONMENT",
        f"{fit.name} on {fit.num_ratings} ratings needs {-(-needed // MIB)} MiB in one task, and tasks have "
        f"{task_bytes // MIB}: give them more by --task-memory, on workers that have it beside their executors",
    )


def refuse_other_split(fit: Fit, num_ratings: int, digest: int) -> None:
    """Raises Failure INTERNAL_SERVER_ERROR where the trainer's own split keeps other ratings."""
    if (num_ratings, digest % 2**32) != (fit.num_ratings, fit.digest):
        raise Failure(
            "INTERNAL_SERVER_ERROR",
            f"the split keeps other ratings than the trainer's: {num_ratings}, not {fit.num_ratings}",
        )


def fit_in_task(histories: Histories, steps: Sequence[Step], fit: Fit, command: Sequence[str]) -> TaskResult:
    """Fits one model on what a split keeps, in one task. Raises Failure where nothing can be learnt from it."""
    settings = {
        "name": fit.name,
        "options": fit.options,
        "seed": fit.seed,
        "numUsers": len(histories.user_ids),
        "numItems": len(histories.item_ids),
        "numRows": fit.num_ratings,
    }
    start = Frame("start", {"task": "fit", "settings": settings}, fit.init)
    shared = histories.spark.sparkContext.broadcast((start, steps, replace(fit, init={})))

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        start, steps, fit = shared.value
        try:
            yield from pieces_of(run_task(command, start, _checked(batches, steps, fit)))
        except Failure as failure:
            # As a row: what is thrown would make Spark run the task again.
            yield _piece("failure", {"code": failure.code, "message": failure.message})

    try:
        table = histories.frame().coalesce(1).mapInArrow(run, PIECES).toLocalIterator()
        return result_of((row.kind, json.loads(row.header), row.content) for row in table)
    finally:
        shared.destroy()


def _checked(batches: Iterable[pa.RecordBatch], steps: Sequence[Step], fit: Fit) -> Iterator[Frame]:
    """The rows that a split keeps. Raises Failure where the trainer's own split keeps others."""
    num_sent = digest = 0
    for block in blocks_of(batches):
        kept = kept_by(block, steps)
        num_sent += int(kept.sum())
        digest += block.digest(kept)
        yield block.rows_frame(kept)
    refuse_other_split(fit, num_sent, digest)


PIECES = "kind string, header string, content binary"


def _piece(kind: str, header: Mapping[str, Any], content: bytes = b"") -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"kind": [kind], "header": [json.dumps(header)], "content": [content]})


def pieces_of(result: TaskResult) -> Iterator[pa.RecordBatch]:
    """A result as rows of bounded size."""
    yield _piece("facts", {"epochs": result.epochs, "usage": result.usage})
    for name, tensor in result.tensors.items():
        yield _piece("tensor", {"name": name, "dtype": tensor.dtype.str, "shape": list(tensor.shape)})
        content = tensor.tobytes()
        for start in range(0, len(content), PIECE_BYTES):
            yield _piece("bytes", {"name": name}, content[start : start + PIECE_BYTES])


def result_of(pieces: Iterable[tuple[str, Mapping[str, Any], bytes]]) -> TaskResult:
    """The result that rows in their order make up. Raises Failure where they say that there is none."""
    epochs: Sequence[Mapping[str, Any]] = []
    usage: Mapping[str, float] = {}
    described: dict[str, Mapping[str, Any]] = {}
    contents: dict[str, bytearray] = {}
    for kind, header, content in pieces:
        if kind == "failure":
            raise Failure(header["code"], header["message"])
        if kind == "facts":
            epochs, usage = header["epochs"], header["usage"]
        elif kind == "tensor":
            described[header["name"]] = header
            contents[header["name"]] = bytearray()
        else:
            contents[header["name"]] += content
    tensors = {
        name: np.frombuffer(contents[name], np.dtype(header["dtype"])).reshape(header["shape"])
        for name, header in described.items()
    }
    return TaskResult(tensors, epochs, usage)
