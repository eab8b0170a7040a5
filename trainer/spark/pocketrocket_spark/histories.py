"""Ordered histories: ratings checked, with dense ids, stored by ranges of users that tasks read one by one."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .blocks import Block, blocks_of
from .failure import Failure
from .splits import Counts, Step, kept_by, plan_split, starts_of

#: A file of one part is never read by two tasks, which would tear a history apart.
MAX_FILE_BYTES = 128 * 2**20
MAX_SHARE_OF_BAD_ROWS = 0.02

#: What is wrong with a row that cannot be used, by kind; the first that holds counts.
BAD_ROWS = {
    "missingUser": "userId IS NULL OR userId < 0",
    "missingMovie": "movieId IS NULL OR movieId < 0",
    "missingRating": "halfStars IS NULL",
    "ratingOffScale": "halfStars NOT BETWEEN 1 AND 10",
}


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

    def sum_over(self, compute: Callable[[Block], Counts]) -> Counts:
        """Adds up an array that is computed for each block, on the executors."""

        def add_up(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            total: Any = 0
            for block in blocks_of(batches):
                total = total + compute(block).astype(np.int64)
            if not isinstance(total, int):
                yield pa.RecordBatch.from_pydict({"total": [total.tobytes()]})

        parts = self.frame().mapInArrow(add_up, "total binary").toArrow()["total"]
        return cast(Counts, sum(np.frombuffer(part.as_py(), np.int64) for part in parts))

    def split(self, shape: dict[str, Any], seed: int, depth: int) -> list[Step]:
        """The steps of a split: `depth` 1 for the outer one, 2 for the inner one."""
        return plan_split(shape, seed, self.counts, self.sum_over, depth)

    def count(self, steps: Sequence[Step]) -> int:
        """How many rows a split keeps."""
        return int(self.sum_over(lambda block: np.array([kept_by(block, steps).sum()]))[0])

    def _read(self, path: str) -> DataFrame:
        return self.spark.read.schema(STORED).parquet(path)


STORED = "userIndex int, itemIndex int, halfStars int, ratedAtSeconds int"


def store_histories(spark: SparkSession, raw: DataFrame, path: str, ratings_in_part: int) -> Histories:
    """Checks raw ratings (userId, movieId, halfStars, ratedAtSeconds), gives them dense ids, and stores them in order.

    Aim for `ratings_in_part` of one part: few enough for a task of any executor, enough that starting it does not count.
    Raises Failure BAD_DATA where too many rows cannot be used or a pair of user and movie stands twice.
    """
    bad_rows, num_rows = count_bad_rows(raw)
    refuse_bad_rows(bad_rows, num_rows)
    valid = raw.where(f"NOT ({' OR '.join(f'({problem})' for problem in BAD_ROWS.values())})")
    users = valid.groupBy("userId").count().toArrow().sort_by("userId")
    user_ids = users["userId"].to_numpy()
    counts = users["count"].to_numpy().astype(np.int64)
    item_ids = np.sort(valid.select("movieId").distinct().toArrow()["movieId"].to_numpy())
    if len(user_ids) == 0:
        raise Failure("BAD_DATA", "there are no ratings to learn from; import more with `npm run seed`")

    parts = (starts_of(counts) // ratings_in_part).astype(np.int32)
    indices = pa.array(np.arange(len(user_ids), dtype=np.int32))
    user_table = pa.table({"userId": pa.array(user_ids, pa.int32()), "userIndex": indices, "part": parts})
    item_indices = pa.array(np.arange(len(item_ids), dtype=np.int32))
    item_table = pa.table({"movieId": pa.array(item_ids, pa.int32()), "itemIndex": item_indices})
    num_parts = int(parts[-1]) + 1
    (
        valid.join(F.broadcast(spark.createDataFrame(user_table)), "userId")
        .join(F.broadcast(spark.createDataFrame(item_table)), "movieId")
        .repartitionById(num_parts, F.col("part"))
        # By part first, or writing by parts would sort anew by that alone.
        .sortWithinPartitions("part", "userIndex", F.asc_nulls_first("ratedAtSeconds"), "itemIndex")
        .select("userIndex", "itemIndex", "halfStars", "ratedAtSeconds", "part")
        .write.partitionBy("part")
        .mode("overwrite")
        .parquet(path)
    )
    histories = Histories(spark, path, user_ids, item_ids, counts, num_parts, bad_rows)
    refuse_repeated(histories)
    return histories


def count_bad_rows(raw: DataFrame) -> tuple[dict[str, int], int]:
    """Counts the rows that cannot be used by kind, and all rows."""
    kind = F.expr(
        "CASE " + " ".join(f"WHEN {problem} THEN '{kind}'" for kind, problem in BAD_ROWS.items()) + " END"
    )
    counts = {row["kind"]: row["count"] for row in raw.groupBy(kind.alias("kind")).count().collect()}
    num_rows = sum(counts.values())
    counts.pop(None, None)
    return dict(sorted(counts.items())), num_rows


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
