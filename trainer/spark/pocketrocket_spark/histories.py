"""Ordered histories: ratings checked, with dense ids, stored by ranges of users that tasks read one by one."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .blocks import Block, blocks_of
from .failure import Failure
from .splits import Counts, Step, kept_by, plan_split, starts_of

#: A file of one part is never read by two tasks, which would tear a history apart.
MAX_FILE_BYTES = 128 * 2**20
MAX_SHARE_OF_BAD_ROWS = 0.02
#: Rows of ratings are numbered in 32 bits.
MAX_RATINGS = 2**31 - 1
#: Beyond, their table would take too much of a small executor, so ratings are shuffled by user instead.
MAX_BROADCAST_USERS = 2_000_000

#: What is wrong with a row that cannot be used, by kind; the first that holds counts.
BAD_ROWS = {
    "missingUser": "userId IS NULL OR userId < 0",
    "missingMovie": "movieId IS NULL OR movieId < 0",
    "missingRating": "halfStars IS NULL",
    "ratingOffScale": "halfStars NOT BETWEEN 1 AND 10",
}
#: True for the rows without any of that.
IS_USABLE = f"NOT ({' OR '.join(f'({problem})' for problem in BAD_ROWS.values())})"


@dataclass(frozen=True)
class Histories:
    """All ratings in order: by user, then time with unknown ones first, then movie."""

    spark: SparkSession
    path: str
    #: External ids, ascending; the position is the dense index.
    user_ids: Counts
    item_ids: Counts
    #: Ratings of each user.
    counts: Counts
    num_parts: int
    #: The first user of each part.
    first_users: Counts
    #: Rows that could not be used, by kind; kinds without any are left out.
    bad_rows: dict[str, int]

    @property
    def num_ratings(self) -> int:
        """How many ratings there are."""
        return int(self.counts.sum())

    def part(self, index: int) -> pa.Table:
        """The rows of one part, in order."""
        return self._read(f"{self.path}/part={index}").toArrow()

    def frame(self) -> DataFrame:
        """All rows; whole users in each partition."""
        return self._read(self.path)

    def frame_of(self, parts: Sequence[int]) -> DataFrame:
        """The rows of some parts; whole users in each partition."""
        return self._read(*(f"{self.path}/part={part}" for part in parts))

    def sum_over(self, compute: Callable[[Block], Counts]) -> Counts:
        """Adds up an array that is computed for each block, on the executors."""
        return self.reduce_over(np.add, compute)

    def reduce_over(self, join: np.ufunc, compute: Callable[[Block], Counts]) -> Counts:
        """Joins arrays that are computed for each block, such as to their sum or maximum, on the executors."""

        def join_blocks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            arrays = (compute(block).astype(np.int64) for block in blocks_of(batches))
            first = next(arrays, None)
            if first is not None:
                yield pa.RecordBatch.from_pydict({"joined": [reduce(join, arrays, first).tobytes()]})

        parts = self.frame().mapInArrow(join_blocks, "joined binary").toArrow()["joined"]
        return reduce(join, (np.frombuffer(part.as_py(), np.int64) for part in parts))

    def split(self, shapes: Sequence[dict[str, Any]], seed: int) -> list[Step]:
        """The steps of a split: one shape for the outer one, two for the inner one."""
        return plan_split(shapes, seed, self.counts, self.sum_over)

    def count(self, steps: Sequence[Step]) -> int:
        """How many rows a split keeps."""
        return int(self.sum_over(lambda block: np.array([kept_by(block, steps).sum()]))[0])

    def _read(self, *paths: str) -> DataFrame:
        return self.spark.read.schema(STORED).parquet(*paths)


STORED = "userIndex int, itemIndex int, halfStars int, ratedAtSeconds int"


def store_histories(spark: SparkSession, raw: DataFrame, path: str, ratings_in_part: int) -> Histories:
    """Checks raw ratings (userId, movieId, halfStars, ratedAtSeconds), gives them dense ids, and stores them in order.

    Aim for `ratings_in_part` of one part: few enough for a task of any executor, enough that starting it does not count.
    Raises Failure BAD_DATA where too many rows cannot be used or a pair of user and movie stands twice.
    """
    # By these names Spark's pages, its event log and `npm run bench -- spark` tell stages apart.
    spark.sparkContext.setJobDescription("read: check, ids")
    survey = survey_of(raw)
    refuse_bad_rows(survey.bad_rows, survey.num_rows)
    user_ids, counts, item_ids = survey.user_ids, survey.counts, survey.item_ids
    if len(user_ids) == 0:
        raise Failure("BAD_DATA", "there are no ratings to learn from; import more with `npm run seed`")

    if int(counts.sum()) > MAX_RATINGS:
        raise Failure(
            "BAD_DATA",
            f"{counts.sum()} ratings are more than {MAX_RATINGS}: train on a part, such as recent years",
        )

    parts = (starts_of(counts) // ratings_in_part).astype(np.int32)
    indices = pa.array(np.arange(len(user_ids), dtype=np.int32))
    user_table = pa.table({"userId": pa.array(user_ids, pa.int32()), "userIndex": indices, "part": parts})
    item_indices = pa.array(np.arange(len(item_ids), dtype=np.int32))
    item_table = pa.table({"movieId": pa.array(item_ids, pa.int32()), "itemIndex": item_indices})
    num_parts = int(parts[-1]) + 1
    users = spark.createDataFrame(user_table)
    spark.sparkContext.setJobDescription("read: order")
    (
        raw.where(IS_USABLE)
        .join(F.broadcast(users) if len(user_ids) <= MAX_BROADCAST_USERS else users, "userId")
        .join(F.broadcast(spark.createDataFrame(item_table)), "movieId")
        .repartitionById(num_parts, F.col("part"))
        # By part first, or writing by parts would sort anew by that alone.
        .sortWithinPartitions("part", "userIndex", F.asc_nulls_first("ratedAtSeconds"), "itemIndex")
        .select("userIndex", "itemIndex", "halfStars", "ratedAtSeconds", "part")
        .write.partitionBy("part")
        .mode("overwrite")
        .parquet(path)
    )
    first_users = np.searchsorted(parts, np.arange(num_parts))
    histories = Histories(spark, path, user_ids, item_ids, counts, num_parts, first_users, survey.bad_rows)
    spark.sparkContext.setJobDescription("read: repeated pairs")
    refuse_repeated(histories)
    return histories


@dataclass(frozen=True)
class Survey:
    """What raw ratings hold."""

    #: Of rows that can be used, ascending.
    user_ids: Counts
    item_ids: Counts
    #: Ratings of each user that can be used.
    counts: Counts
    #: Rows that cannot be used, by kind; kinds without any are left out.
    bad_rows: dict[str, int]
    num_rows: int


def survey_of(raw: DataFrame) -> Survey:
    """Counts users, movies and what cannot be used, in one pass over raw ratings."""
    problem = F.expr(
        "CASE " + " ".join(f"WHEN {problem} THEN '{kind}'" for kind, problem in BAD_ROWS.items()) + " END"
    )
    usable = (F.when(problem.isNull(), F.col(name)).alias(name) for name in ("userId", "movieId"))
    groups = (
        raw.select(problem.alias("problem"), *usable)
        .groupingSets([["problem", "userId"], ["movieId"]], "problem", "userId", "movieId")
        .agg(F.count(F.lit(1)).alias("count"), F.grouping("movieId").alias("isOfUser"))
        .toArrow()
    )
    is_of_user = pc.equal(groups["isOfUser"], 1)
    is_usable = pc.is_null(groups["problem"])
    users = groups.filter(pc.and_(is_of_user, is_usable)).sort_by("userId")
    bad = groups.filter(pc.invert(is_usable))
    movies = groups["movieId"].filter(pc.invert(is_of_user)).drop_null()
    bad_rows = dict(zip(bad["problem"].to_pylist(), bad["count"].to_pylist(), strict=True))
    counts = users["count"].to_numpy().astype(np.int64)
    return Survey(
        users["userId"].to_numpy(),
        np.sort(movies.to_numpy()),
        counts,
        dict(sorted(bad_rows.items())),
        int(counts.sum()) + sum(bad_rows.values()),
    )


def refuse_bad_rows(bad_rows: dict[str, int], num_rows: int) -> None:
    """Raises Failure BAD_DATA where more than two in a hundred rows cannot be used."""
    num_bad = sum(bad_rows.values())
    if num_bad > MAX_SHARE_OF_BAD_ROWS * num_rows:
        kinds = json.dumps(bad_rows)
        raise Failure(
            "BAD_DATA",
            f"{num_bad} of {num_rows} rows cannot be used, more than 2 %: {kinds}; nothing was trained",
        )


def refuse_repeated(histories: Histories) -> None:
    """Raises Failure BAD_DATA where a user has rated a movie twice, which no database of ours holds."""
    num_items = len(histories.item_ids)
    num_repeated = int(
        histories.sum_over(
            lambda block: np.array(
                [
                    len(block.item_indices)
                    - len(np.unique(block.positions().astype(np.int64) * num_items + block.item_indices))
                ]
            )
        )[0]
    )
    if num_repeated > 0:
        raise Failure(
            "BAD_DATA",
            f"{num_repeated} ratings repeat a user and a movie; export the ratings again with `seed export --parquet`",
        )
