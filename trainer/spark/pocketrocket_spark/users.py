"""Work by user: what a split leaves of each, the histories of some, and the answers of models to what was held out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark import SparkFiles
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .blocks import Block, Mask, blocks_of
from .frames import Frame
from .histories import Histories
from .kept import Kept
from .splits import Step, kept_by
from .task_process import Tasks, Usage
from .tensor_folder import Tensor, TensorFolder, write_tensor_folder


@dataclass(frozen=True)
class UserFacts:
    """What is known of all users' ratings that a split keeps."""

    #: [4], as of `Block.fingerprint`.
    fingerprint: list[int]
    #: Ratings of each user, [users].
    counts: NDArray[np.int32]
    #: Of all ratings, how many have no time.
    num_untimed: int


def facts_of_users(kept: Kept) -> UserFacts:
    """Counts and digests what a split keeps; a row of the answer has the users of a block, so that no task holds all."""
    steps = kept.steps

    def describe(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        totals = np.zeros(5, np.int64)
        for block in blocks_of(batches):
            mask = kept_by(block, steps)
            totals += [*block.fingerprint(mask), np.count_nonzero(np.isnan(block.timestamps[mask]))]
            counts = np.bincount(block.positions()[mask], minlength=block.num_users)
            yield _row(firstUser=block.first_user, content=counts.astype("<i4").tobytes())
        yield _row(firstUser=-1, content=totals.tobytes())

    counts = np.zeros(kept.num_users, "<i4")
    totals = np.zeros(5, np.int64)
    frame = kept.histories.frame().mapInArrow(describe, "firstUser int, content binary")
    for row in frame.toArrow().to_pylist():
        first = row["firstUser"]
        if first < 0:
            totals += np.frombuffer(row["content"], np.int64)
        else:
            of_block = np.frombuffer(row["content"], "<i4")
            counts[first : first + len(of_block)] = of_block
    return UserFacts((totals[:4] % 2**32).tolist(), counts, int(totals[4]))


def histories_of(kept: Kept, users: Sequence[int]) -> Mapping[str, Tensor]:
    """What a split keeps of some users, and what its last step holds out of that, as columns `train.…` and `heldOut.…`.

    The users are ascending.
    """
    steps = kept.steps

    def keep(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for block in blocks_of(batches):
            before, after = _split_of(block, steps)
            rows = np.flatnonzero(before)
            yield pa.RecordBatch.from_pydict(
                {
                    "userIndex": (block.positions()[rows] + block.first_user).astype("<i4"),
                    "itemIndex": block.item_indices[rows].astype("<i4"),
                    "stars": block.ratings[rows],
                    "time": block.timestamps[rows],
                    "isHeldOut": ~after[rows],
                }
            )

    frame = kept.histories.frame().where(F.col("userIndex").isin(list(users)))
    schema = "userIndex int, itemIndex int, stars float, time double, isHeldOut boolean"
    table = frame.mapInArrow(keep, schema).toArrow()
    user_indices = table["userIndex"].to_numpy()
    order = np.argsort(user_indices, kind="stable")
    is_held_out = table["isHeldOut"].to_numpy()[order]
    tensors: dict[str, Tensor] = {}
    for name, mask in (("train", ~is_held_out), ("heldOut", is_held_out)):
        rows = order[mask]
        distinct, starts = np.unique(user_indices[rows], return_index=True)
        tensors |= {
            f"{name}.userIndex": distinct.astype("<i4"),
            f"{name}.offsets": np.append(starts, len(rows)).astype("<i4"),
            f"{name}.itemIndices": table["itemIndex"].to_numpy()[rows],
            f"{name}.ratings": table["stars"].to_numpy()[rows],
            f"{name}.timestamps": table["time"].to_numpy()[rows],
        }
    return tensors


@dataclass(frozen=True)
class Question:
    """What models are asked about held-out users."""

    #: Of the Node task `answer`; `numUsers` and `numItems` among them.
    settings: Mapping[str, Any]
    #: Rows of the users who are asked, ascending.
    users: Tensor
    #: Of each user, how many negatives were drawn for those before.
    first_draws: Tensor
    #: Files that every executor has: a frame with the model, and an array with the users' own vectors.
    model: str
    vectors: str


ANSWERS = "scorer int, users binary, numbers binary, isTimed binary, listed binary"


def answer(kept: Kept, question: Question, command: Sequence[str], path: str, out: Path) -> Usage:
    """Lets a Node process of each part answer for its users, and writes a tensor folder for each scorer: `out/0`, `out/1`, ….

    Answers of all parts are stored in `path` first, so that the driver holds those of one scorer at a time. Returns
    what the processes took.
    """
    histories, item_counts = kept.histories, kept.item_counts
    tasks = Tasks.of(histories.spark, command)
    num_scorers = len(question.settings["scorers"])
    shared = histories.spark.sparkContext.broadcast((question, kept.steps, item_counts))

    def ask(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        question, steps, item_counts = shared.value
        frames = _questions(batches, steps, question)
        first = next(frames, None)
        if first is None:
            return
        fields = {"task": "answer", "settings": question.settings}
        start = Frame("start", fields, {"itemCounts": item_counts})
        model = Path(SparkFiles.get(question.model))
        tensors = tasks.run(start, chain([model, first], frames)).tensors
        for scorer in range(num_scorers):
            yield _row(
                scorer=scorer,
                users=tensors["userIndex"].tobytes(),
                numbers=tensors[f"values.{scorer}"].tobytes(),
                isTimed=tensors["isTimed"].tobytes(),
                listed=tensors[f"listed.{scorer}"].tobytes(),
            )

    try:
        answers = _of_all_slots(histories).mapInArrow(ask, ANSWERS)
        answers.write.partitionBy("scorer").mode("overwrite").parquet(path)
    finally:
        shared.destroy()
    num_measures = len(question.settings["measures"])
    stored = histories.spark.read.schema(ANSWERS).parquet(path)
    for scorer in range(num_scorers):
        rows = stored.where(F.col("scorer") == scorer).toArrow().to_pylist()
        write_tensor_folder(out / str(scorer), _answers_of(rows, num_measures))
    return tasks.usage


def _of_all_slots(histories: Histories) -> DataFrame:
    """All rows, whole users in each partition; where there are fewer parts than slots, the users spread over all of these."""
    num_slots = histories.spark.sparkContext.defaultParallelism
    if histories.num_parts >= num_slots:
        return histories.frame()
    users_in_task = -(-len(histories.user_ids) // num_slots)
    return (
        histories.frame()
        .repartitionById(num_slots, F.floor(F.col("userIndex") / users_in_task).cast("int"))
        .sortWithinPartitions("userIndex", F.asc_nulls_first("ratedAtSeconds"), "itemIndex")
    )


def _questions(
    batches: Iterable[pa.RecordBatch], steps: Sequence[Step], question: Question
) -> Iterator[Frame]:
    """Of each block that has users who are asked: their histories, then what was held out of them with what is theirs alone."""
    vectors: Tensor | None = None
    for block in blocks_of(batches):
        last_user = block.first_user + block.num_users
        first, last = np.searchsorted(question.users, [block.first_user, last_user]).tolist()
        if first == last:
            continue
        if vectors is None:
            vectors = np.load(SparkFiles.get(question.vectors), mmap_mode="r")
        is_asked = np.zeros(block.num_users, np.bool_)
        is_asked[question.users[first:last] - block.first_user] = True
        of_asked = is_asked[block.positions()]
        before, after = _split_of(block, steps)
        yield block.rows_frame(after & of_asked)
        held_out = block.rows_frame(before & ~after & of_asked, "partial")
        own = {
            "firstDraw": question.first_draws[first:last].astype("<f8"),
            "vectors": np.asarray(vectors[first:last], "<f4"),
        }
        yield Frame("partial", {}, {**held_out.tensors, **own})


def _split_of(block: Block, steps: Sequence[Step]) -> tuple[Mask, Mask]:
    """The rows that the last step is given, and those of them that it keeps."""
    if not steps:
        everything = kept_by(block, steps)
        return everything, everything
    before = kept_by(block, steps[:-1])
    return before, steps[-1].keep(block, before)


def _answers_of(rows: Sequence[Mapping[str, Any]], num_measures: int) -> TensorFolder:
    """One scorer's answers of all parts, ascending by user."""
    order = np.argsort(np.concatenate([np.frombuffer(row["users"], "<i4") for row in rows]))
    values = [np.frombuffer(row["numbers"], "<f8").reshape(num_measures, -1) for row in rows]
    is_timed = [np.frombuffer(row["isTimed"], "|u1") for row in rows]
    listed = np.zeros(len(rows[0]["listed"]), "|u1")
    for row in rows:
        listed |= np.frombuffer(row["listed"], "|u1")
    tensors = {
        "values": np.concatenate(values, axis=1)[:, order],
        "isTimed": np.concatenate(is_timed)[order],
        "listed": listed,
    }
    return TensorFolder("answers", "", {}, tensors)


def _row(**columns: Any) -> pa.RecordBatch:
    arrays = {
        name: pa.array([value], pa.int32() if isinstance(value, int) else pa.binary())
        for name, value in columns.items()
    }
    return pa.RecordBatch.from_pydict(arrays)
