"""Fits in averaged rounds: each task trains on a partition of the users from where all are, then what they share is averaged."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .blocks import COLUMNS, Block, blocks_of
from .failure import Failure
from .fitting import Fit, OnEpoch, bytes_of_fit, require_memory
from .frames import Frame
from .kept import Kept
from .preflight import remove_storage
from .round_states import PIECES, WRITTEN, added_up, facts_of, names_of, states_of, tensors_of, written
from .session import SparkOptions
from .splits import Counts, Step, kept_by
from .task_process import TaskResult, Tasks, run_task
from .tensor_folder import Tensor


@dataclass(frozen=True)
class Partition:
    """Users that follow one another, whose histories are in parts that do."""

    parts: tuple[int, int]
    users: tuple[int, int]
    num_ratings: int

    @property
    def num_users(self) -> int:
        """How many users there are, also those of whom a split keeps nothing."""
        return self.users[1] - self.users[0]


def plan_rounds(kept: Kept, fit: Fit, options: SparkOptions) -> list[Partition]:
    """The fewest partitions, of about as many ratings each, whose tasks go into their memory.

    Raises Failure ENVIRONMENT where not even the smallest do.
    """
    part_counts = _counts_of_parts(kept)
    first_users = [*kept.histories.first_users.tolist(), kept.num_users]
    for num_partitions in range(1, kept.histories.num_parts + 1):
        partitions = [
            Partition(
                (first, last), (first_users[first], first_users[last]), int(part_counts[first:last].sum())
            )
            for first, last in pairwise(_bounds_of(part_counts, num_partitions))
        ]
        if bytes_of_round(fit, partitions, kept.num_items) <= options.one_task_bytes:
            return partitions
    require_memory(
        f"{fit.name} in rounds over parts of the users",
        bytes_of_round(fit, partitions, kept.num_items),
        options.task_bytes,
    )
    return partitions


def bytes_of_round(fit: Fit, partitions: Sequence[Partition], num_items: int) -> int:
    """Memory that a round's task takes at most, estimated."""
    return max(
        bytes_of_fit(replace(fit, num_ratings=one.num_ratings), one.num_users, num_items)
        for one in partitions
    )


def _bounds_of(part_counts: Counts, num_partitions: int) -> list[int]:
    """Bounds of ranges of parts with about as many ratings each, of which each has some."""
    targets = np.arange(1, num_partitions) * (int(part_counts.sum()) / num_partitions)
    inner = np.searchsorted(np.cumsum(part_counts), targets, side="right").tolist()
    # Parts before the first rating that is kept belong to its partition.
    return sorted({0, *(bound for bound in inner if part_counts[:bound].any()), len(part_counts)})


def _counts_of_parts(kept: Kept) -> Counts:
    """How many ratings a split keeps of each part."""
    first_users, num_parts, steps = kept.histories.first_users, kept.histories.num_parts, kept.steps

    def count(block: Block) -> Counts:
        users = block.positions()[kept_by(block, steps)] + block.first_user
        return np.bincount(np.searchsorted(first_users, users, side="right") - 1, minlength=num_parts)

    return kept.histories.sum_over(count)


def fit_in_rounds(kept: Kept, fit: Fit, options: SparkOptions, on_epoch: OnEpoch) -> TaskResult:
    """Fits one model in a round for each epoch; no task holds more than one partition's ratings and users.

    What is of a partition alone stays in storage; the driver holds once what partitions share, and at the end the model.
    Raises Failure where nothing can be learnt.
    """
    partitions = plan_rounds(kept, fit, options)
    # Else the union of partitions of one task each would itself be one task.
    kept.histories.spark.conf.set("spark.sql.unionOutputPartitioning", "false")
    rounds = _Rounds(kept, fit, partitions, options)
    try:
        for epoch in range(int(fit.options["epochs"])):
            on_epoch(rounds.run(epoch))
        return rounds.finish()
    finally:
        rounds.close()


class _Rounds:
    """The rounds of one fit."""

    def __init__(self, kept: Kept, fit: Fit, partitions: Sequence[Partition], options: SparkOptions) -> None:
        self._spark = kept.histories.spark
        self._partitions = partitions
        self._folder = f"{options.storage}/rounds/{uuid.uuid4().hex}"
        self._tasks = Tasks.of(self._spark, options.task_command)
        self._settings = {
            "name": fit.name,
            "options": fit.options,
            "seed": fit.seed,
            "numItems": kept.num_items,
            "numPartitions": len(partitions),
        }
        self._num_users = kept.num_users
        self._estimate = bytes_of_round(fit, partitions, kept.num_items)
        self._given = self._spark.sparkContext.broadcast((kept.steps, partitions, kept.item_counts))
        self._histories = [kept.histories.frame_of(range(*one.parts)).select(*COLUMNS) for one in partitions]
        self._shared: Mapping[str, Tensor] = {}
        #: Where the states of partitions are; None before any is.
        self._states: str | None = None
        self._epochs: list[Mapping[str, Any]] = []
        if fit.given:
            self._start_from(fit.given)

    def run(self, epoch: int) -> Mapping[str, Any]:
        """Trains for one epoch on all partitions and puts together what they share; returns what the epoch was."""
        given, tasks, all_users = self._given, self._tasks, self._num_users
        settings = {**self._settings, "epochs": {"done": epoch, "upTo": epoch + 1}}
        shared = self._spark.sparkContext.broadcast(self._shared)

        def train(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            rest = iter(batches)
            first = next(rest)
            place = first["place"][0].as_py()
            steps, partitions, counts = given.value
            partition = partitions[place]
            users = {"first": partition.users[0], "all": all_users}
            fields = {
                **settings,
                "users": users,
                "numUsers": partition.num_users,
                "numRows": partition.num_ratings,
            }
            tensors = {**shared.value, "counts": counts}
            start = Frame("start", {"task": "round", "settings": fields}, tensors)
            try:
                yield from written(tasks.run(start, _frames(chain([first], rest), steps, partition)), place)
            except Failure as failure:
                # As a row: what is thrown would make Spark run the task again.
                yield facts_of(place, {"failure": [failure.code, failure.message]})

        folder = f"{self._folder}/{epoch + 1}"
        try:
            partitions = reduce(DataFrame.union, map(self._partition, range(len(self._partitions))))
            partitions.mapInArrow(train, WRITTEN).write.partitionBy("kind", "place").parquet(folder)
        finally:
            shared.destroy()
        self._take_facts(folder)
        self._shared = self._averaged(folder)
        if self._states is not None:
            remove_storage(self._spark, self._states)
        self._states = folder
        return self._epochs[-1]

    def finish(self) -> TaskResult:
        """The model after the last round."""
        users: dict[str, list[Tensor]] = {}
        for place in range(len(self._partitions)):
            rows = self._own(place).where("name LIKE 'users.%'").toLocalIterator()
            for name, tensor in tensors_of(row.asDict() for row in rows).items():
                users.setdefault(name, []).append(tensor)
        state = {**self._shared, **{name: np.concatenate(tensors) for name, tensors in users.items()}}
        start = Frame("start", {"task": "roundsModel", "settings": self._settings}, state)
        model = run_task(self._tasks.command, start, [])
        usage = {**self._tasks.usage, "partitions": len(self._partitions), "estimatedBytes": self._estimate}
        return TaskResult(model.tensors, self._epochs, usage)

    def close(self) -> None:
        """Removes what is stored of the rounds."""
        self._given.destroy()
        remove_storage(self._spark, self._folder)

    def _partition(self, place: int) -> DataFrame:
        """The histories of a partition and its own state, for one task."""
        own = self._own(place)
        both = self._histories[place].unionByName(own, allowMissingColumns=True)
        return both.coalesce(1).withColumn("place", F.lit(place))

    def _own(self, place: int) -> DataFrame:
        if self._states is None:
            return self._spark.createDataFrame([], PIECES)
        return self._spark.read.schema(PIECES).parquet(f"{self._states}/kind=own/place={place}")

    def _averaged(self, folder: str) -> dict[str, Tensor]:
        """What partitions share after a round, added up by as many tasks as there are partitions."""
        shared = self._spark.read.schema(f"{PIECES}, place int").parquet(f"{folder}/kind=shared")
        sums = (
            shared.repartition(len(self._partitions), "name", "first")
            .sortWithinPartitions("name", "first", "place")
            .mapInArrow(added_up, PIECES)
        )
        return tensors_of(row.asDict() for row in sums.toLocalIterator())

    def _take_facts(self, folder: str) -> None:
        """Notes what a round's tasks say. Raises Failure where one of them failed."""
        rows = self._spark.read.schema(f"{PIECES}, place int").parquet(f"{folder}/kind=facts").collect()
        facts = {row.place: json.loads(row.content) for row in rows}
        for place in sorted(facts):
            if "failure" in facts[place]:
                raise Failure(*facts[place]["failure"])
        weights = [partition.num_ratings for partition in self._partitions]
        of_places = [facts[place] for place in range(len(weights))]
        epochs = [one["epochs"][-1] for one in of_places]
        loss = float(np.average([epoch["loss"] for epoch in epochs], weights=weights))
        self._epochs.append({**epochs[0], "loss": loss})

    def _start_from(self, init: Mapping[str, Tensor]) -> None:
        """Divides a matrix factorization to start from: items' tables are shared, users' rows go to their partitions."""
        name = "matrixFactorization"
        biases = init[f"{name}.userBiases"]
        # As the engine adds them up, one after the other: users' biases take part in a start by their mean alone.
        mean = np.cumsum(biases, dtype=np.float64)[-1] / len(biases)
        bias = init[f"{name}.globalBias"].view("<f8") + mean
        self._shared = {
            f"{name}.itemVectors": init[f"{name}.itemVectors"],
            f"{name}.itemBiases": init[f"{name}.itemBiases"],
            f"{name}.globalBias": bias.view("<i4"),
        }
        folder = f"{self._folder}/0"
        for place, partition in enumerate(self._partitions):
            users = {
                f"{name}.userVectors": init[f"{name}.userVectors"][slice(*partition.users)],
                f"{name}.userBiases": np.zeros(partition.num_users, "<f4"),
            }
            table = pa.Table.from_batches(states_of(users, place))
            self._spark.createDataFrame(table).write.partitionBy("kind", "place").mode("append").parquet(
                folder
            )
        self._states = folder


def _frames(
    batches: Iterable[pa.RecordBatch], steps: Sequence[Step], partition: Partition
) -> Iterator[Frame]:
    """The rows of a partition that a split keeps, its users numbered from 0 on, then its own state."""
    own: list[dict[str, Any]] = []

    def histories() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            is_piece = pc.is_valid(batch["content"])
            own.extend(batch.filter(is_piece).select(names_of(PIECES)).to_pylist())
            yield batch.filter(pc.invert(is_piece))

    for block in blocks_of(histories()):
        kept = kept_by(block, steps)
        yield replace(block, first_user=block.first_user - partition.users[0]).rows_frame(kept)
    if own:
        yield Frame("partial", {}, tensors_of(own))
