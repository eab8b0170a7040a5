"""iALS over partitions: half-steps in turn, each solving for one side's vectors part by part, given all of the other side's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .blocks import blocks_of
from .counting import bounds_of
from .fitting import (
    BASE_BYTES,
    BYTES_PER_RATING,
    FLOAT_BYTES,
    PIECES,
    Fit,
    OnEpoch,
    answer_of,
    require_memory,
    results_of,
)
from .frames import Frame
from .kept import Kept
from .session import SparkOptions
from .splits import Step, kept_by
from .task_process import TaskResult, Tasks
from .tensor_folder import Tensor
from .users import facts_of_users

#: Of the vectors that are given: as they arrive, and as the kernel holds them; of those solved for one more, as they are sent.
GIVEN_COPIES = 2
SOLVED_COPIES = 3


@dataclass(frozen=True)
class Side:
    """Who is solved for: their ratings, as histories, and what is kept of these."""

    rows: DataFrame
    steps: Sequence[Step]
    #: With ratings or without.
    number: int


def fit_half_steps(kept: Kept, fit: Fit, options: SparkOptions, on_epoch: OnEpoch) -> TaskResult:
    """Fits iALS in half-steps over all partitions: the vectors of one task over all users.

    Raises Failure ENVIRONMENT where tasks have not the memory for all vectors of one side, BAD_DATA where there is no solution.
    """
    estimate = bytes_of_half_steps(kept, fit)
    require_memory(f"a half-step of {fit.name}", estimate, options.task_bytes)
    tasks = Tasks.of(kept.histories.spark, options.task_command)
    als = _HalfSteps(tasks, fit)
    users = Side(kept.histories.frame(), kept.steps, kept.num_users)
    items = Side(items_of(kept, f"{options.storage}/{fit.name}-{fit.digest}-{fit.seed}"), [], kept.num_items)

    user_vectors = als.start(facts_of_users(kept).counts)
    item_vectors: Tensor = np.zeros((kept.num_items, user_vectors.shape[1]), "<f4")
    epochs: list[Mapping[str, Any]] = []
    iterations = int(fit.options["iterations"])
    for epoch in range(1, iterations + 1):
        item_vectors, _, penalty = als.solve(items, user_vectors)
        user_vectors, misfit, _ = als.solve(users, item_vectors)
        loss = (misfit + penalty) / fit.num_ratings
        epochs.append({"epoch": epoch, "epochs": iterations, "loss": loss})
        on_epoch(epochs[-1])
    weights = [fit.options[name] for name in ("regularization", "unobservedWeight")]
    settings = np.array([*weights, fit.options.get("frequencyScaling", 1)], "<f8")
    tensors = {
        "implicitALS.userVectors": user_vectors,
        "implicitALS.itemVectors": item_vectors,
        "implicitALS.gramian": als.gramian(item_vectors),
        "implicitALS.settings": settings.view("<i4"),
    }
    return TaskResult(tensors, epochs, {**tasks.usage, "estimatedBytes": estimate})


def bytes_of_half_steps(kept: Kept, fit: Fit) -> int:
    """Memory that a half-step's task takes at most, estimated: all vectors of one side, and those of a part of the other."""
    row = int(fit.options["dim"]) * FLOAT_BYTES
    ratings = kept.most_ratings_in_part()

    def side(given: int, solved: int) -> int:
        in_part = min(solved, ratings, 2 * -(-solved // kept.histories.num_parts))
        return row * (GIVEN_COPIES * given + SOLVED_COPIES * in_part)

    vectors = max(side(kept.num_users, kept.num_items), side(kept.num_items, kept.num_users))
    return BASE_BYTES + BYTES_PER_RATING * ratings + vectors


def items_of(kept: Kept, path: str) -> DataFrame:
    """Stores what a split keeps by items instead of users, as histories: an item's are its users, ascending."""
    bounds = bounds_of(kept.item_counts, kept.histories.num_parts)
    steps = kept.steps

    def turned(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for block in blocks_of(batches):
            kept_rows = kept_by(block, steps)
            items = block.item_indices[kept_rows]
            columns = {
                "userIndex": items.astype(np.int32),
                "itemIndex": (block.positions()[kept_rows] + block.first_user).astype(np.int32),
                "place": (np.searchsorted(bounds, items, side="right") - 1).astype(np.int32),
            }
            yield pa.RecordBatch.from_pydict(columns)

    (
        kept.histories.frame()
        .mapInArrow(turned, "userIndex int, itemIndex int, place int")
        .repartitionById(len(bounds) - 1, F.col("place"))
        .sortWithinPartitions("place", "userIndex", "itemIndex")
        .write.partitionBy("place")
        .mode("overwrite")
        .parquet(path)
    )
    return (
        kept.histories.spark.read.schema("userIndex int, itemIndex int")
        .parquet(path)
        .withColumns({"halfStars": F.lit(2), "ratedAtSeconds": F.lit(None).cast("int")})
    )


class _HalfSteps:
    """The steps of one fit."""

    def __init__(self, tasks: Tasks, fit: Fit) -> None:
        self._tasks = tasks
        self._fit = fit
        names = ("dim", "regularization", "unobservedWeight", "frequencyScaling")
        self._settings = {name: fit.options[name] for name in names if name in fit.options}

    def start(self, counts: Tensor) -> Tensor:
        """Random vectors of the users, of whom these are the numbers of ratings."""
        deviation = self._fit.options.get("initialDeviation")
        more = {"seed": self._fit.seed, **({} if deviation is None else {"initialDeviation": deviation})}
        return self._here("alsStart", {"counts": counts}, len(counts), more)["vectors"]

    def gramian(self, vectors: Tensor) -> Tensor:
        """The product of all vectors of a side with themselves."""
        return self._here("alsGramian", {"vectors": vectors}, len(vectors))["gramian"]

    def solve(self, side: Side, given: Tensor) -> tuple[Tensor, float, float]:
        """The vectors of one side, given those of the other; the misfit, and the penalty of these vectors."""
        tensors = {"vectors": given, "gramian": self.gramian(given)}
        start = self._frame("alsHalfStep", tensors, len(given))
        tasks = self._tasks
        context = side.rows.sparkSession.sparkContext
        shared = context.broadcast((start, side.steps))

        def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            start, steps = shared.value
            rows = (block.rows_frame(kept_by(block, steps)) for block in blocks_of(batches))
            yield from answer_of(tasks.run, start, rows)

        try:
            table = side.rows.mapInArrow(run, PIECES).toArrow()
        finally:
            shared.destroy()
        vectors = np.zeros((side.number, given.shape[1]), "<f4")
        sums = np.zeros(2)
        for result in results_of(table):
            vectors[result.tensors["userIndices"]] = result.tensors["vectors"]
            sums += result.tensors["sums"]
        misfit, penalty = sums.tolist()
        return vectors, misfit, penalty

    def _here(
        self, task: str, tensors: Mapping[str, Tensor], number: int, more: Mapping[str, Any] | None = None
    ) -> Mapping[str, Tensor]:
        """Runs a task on the driver's machine: little work, whose result all tasks need."""
        return self._tasks.run(self._frame(task, tensors, number, more), []).tensors

    def _frame(
        self, task: str, tensors: Mapping[str, Tensor], number: int, more: Mapping[str, Any] | None = None
    ) -> Frame:
        settings = {**self._settings, **(more or {}), "numItems": number}
        return Frame("start", {"task": task, "settings": settings}, tensors)
