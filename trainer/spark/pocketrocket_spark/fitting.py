"""Fits of one model in one task: the ratings of a split go to a Node process, its tensors come back in pieces."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from .blocks import blocks_of
from .failure import Failure
from .frames import Frame
from .kept import Kept
from .splits import kept_by
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
#: Of the sequence model's items: the kernel's, its gradients, the state beside it, the last good one and the best.
SEQUENCE_COPIES = 20
#: A neighbour and its weight, as they are found and packed.
BYTES_PER_NEIGHBOUR = 24
#: EASE finds so many times the weights that it keeps on average (`engine/src/models/ease`).
EASE_ROW_SPREAD = 8
#: As one is found, and as the strongest of all are chosen.
BYTES_PER_EASE_WEIGHT = 12


#: Told of each epoch when it is over.
OnEpoch = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Fit:
    """One model to fit."""

    name: str
    options: Mapping[str, Any]
    seed: int
    #: Ratings that the trainer's own split keeps, and their digest.
    num_ratings: int
    digest: int
    #: Beside the ratings: the factorization that NeuralCF starts from, items held out by which a fit that stops early knows when.
    given: Mapping[str, Tensor]


def bytes_of_fit(fit: Fit, num_users: int, num_items: int) -> int:
    """Memory that the Node process of a fit takes beside the executor, estimated."""
    data = BASE_BYTES + BYTES_PER_RATING * fit.num_ratings
    if fit.name == "ease":
        num_chosen = min(int(fit.options.get("maxItems", num_items)), num_items)
        return data + bytes_of_ease(fit, num_items, num_chosen, min(num_users, num_chosen))
    if fit.name == "sequence":
        return data + num_items * int(fit.options["dim"]) * FLOAT_BYTES * SEQUENCE_COPIES
    dim = max((int(fit.options.get(name, 0)) for name in ("dim", "embeddingDim")), default=0)
    tables = (num_users + num_items) * dim * FLOAT_BYTES * TABLE_COPIES
    neighbours = num_items * min(int(fit.options.get("numNeighbours", 0)), num_items)
    return data + tables + BYTES_PER_NEIGHBOUR * neighbours


def bytes_of_ease(fit: Fit, num_items: int, num_chosen: int, side: int) -> int:
    """Memory for a matrix of so many rows, and for the weights of the items that take part, the strongest of which stay."""
    kept = int(fit.options["numNeighbours"])
    found = num_chosen * min(EASE_ROW_SPREAD * kept, num_chosen)
    weights = BYTES_PER_EASE_WEIGHT * found + BYTES_PER_NEIGHBOUR * min(num_items * kept, found)
    return FLOAT_BYTES * side * side + weights


def require_memory(what: str, needed: int, task_bytes: int) -> None:
    """Raises Failure ENVIRONMENT where something does not go into the memory of one task."""
    if needed <= task_bytes:
        return
    raise Failure(
        "ENVIRONMENT",
        f"{what} needs {-(-needed // MIB)} MiB in one task, and tasks have {task_bytes // MIB}: give them more by "
        "--task-memory, on workers that have it beside their executors",
    )


def refuse_other_split(fit: Fit, kept: Kept) -> None:
    """Raises Failure INTERNAL_SERVER_ERROR where the trainer's own split keeps other ratings."""
    if (kept.num_ratings, kept.digest) != (fit.num_ratings, fit.digest):
        raise Failure(
            "INTERNAL_SERVER_ERROR",
            f"the split keeps other ratings than the trainer's: {kept.num_ratings}, not {fit.num_ratings}",
        )


def fit_in_task(kept: Kept, fit: Fit, command: Sequence[str]) -> TaskResult:
    """Fits one model on what a split keeps, in one task. Raises Failure where nothing can be learnt from it."""
    settings = {
        "name": fit.name,
        "options": fit.options,
        "seed": fit.seed,
        "numUsers": kept.num_users,
        "numItems": kept.num_items,
        "numRows": fit.num_ratings,
    }
    start = Frame("start", {"task": "fit", "settings": settings}, fit.given)
    shared = kept.histories.spark.sparkContext.broadcast((start, kept.steps))

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        start, steps = shared.value
        rows = (block.rows_frame(kept_by(block, steps)) for block in blocks_of(batches))
        yield from answer_of(partial(run_task, command), start, rows)

    try:
        table = kept.histories.frame().coalesce(1).mapInArrow(run, PIECES).toArrow()
        return next(results_of(table))
    finally:
        shared.destroy()


PIECES = "kind string, header string, content binary"


def _piece(kind: str, header: Mapping[str, Any], content: bytes = b"") -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"kind": [kind], "header": [json.dumps(header)], "content": [content]})


def answer_of(
    run: Callable[[Frame, Iterable[Frame]], TaskResult], start: Frame, rows: Iterable[Frame]
) -> Iterator[pa.RecordBatch]:
    """The result of a task as rows, or one that says why there is none: what is thrown would make Spark run the task again."""
    try:
        yield from pieces_of(run(start, rows))
    except Failure as failure:
        yield _piece("failure", {"code": failure.code, "message": failure.message})


def pieces_of(result: TaskResult) -> Iterator[pa.RecordBatch]:
    """A result as rows of bounded size."""
    yield _piece("facts", {"epochs": result.epochs, "usage": result.usage})
    for name, tensor in result.tensors.items():
        yield _piece("tensor", {"name": name, "dtype": tensor.dtype.str, "shape": list(tensor.shape)})
        content = tensor.tobytes()
        for start in range(0, len(content), PIECE_BYTES):
            yield _piece("bytes", {"name": name}, content[start : start + PIECE_BYTES])


def results_of(table: pa.Table) -> Iterator[TaskResult]:
    """The results whose rows follow one another. Raises Failure where one says that there is none."""
    pieces: list[tuple[str, Mapping[str, Any], bytes]] = []
    for batch in table.to_batches():
        for kind, header, content in zip(*batch.columns, strict=True):
            if kind.as_py() in ("facts", "failure") and pieces:
                yield _result_of(pieces)
                pieces = []
            pieces.append((kind.as_py(), json.loads(header.as_py()), content.as_buffer()))
    if pieces:
        yield _result_of(pieces)


def _result_of(pieces: Iterable[tuple[str, Mapping[str, Any], bytes]]) -> TaskResult:
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
