"""Every user's list: each part of the users in one task, whose file is whole or is not there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyspark import SparkFiles
from pyspark.accumulators import Accumulator, AccumulatorParam
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import FloatType, IntegerType, StructField, StructType

from .failure import Failure
from .folders import STAGING, Folder
from .frames import Frame
from .histories import IS_USABLE
from .reading import RAW_COLUMNS, Mysql, jdbc_failure_of, read_parquet, read_users
from .splits import Counts
from .task_process import run_task
from .tensor_folder import Tensor

#: The files that tasks need, as they are sent: the model as `MODEL_DIR` has it, and the movies.
INPUTS = "lists"
CATALOGUE = "catalogue.json"
#: The file of a part without lists, which readers of Parquet pass over by its name.
NOBODY = "_nobody"
#: Ids are below it; histories name movies by their ids.
ID_LIMIT = 2**31
ROWS_IN_BATCH = 100_000

#: The numbers of users and entries of a part, and what its process took.
Usage = Mapping[str, float]

LISTS = StructType(
    [
        *(StructField(name, IntegerType(), nullable=False) for name in ("userId", "rank", "movieId")),
        StructField("score", FloatType(), nullable=False),
        *(StructField(name, IntegerType(), nullable=False) for name in ("modelVersion", "part")),
    ]
)


@dataclass(frozen=True)
class ListPlan:
    """The lists to make."""

    #: The first and the last user of each part, ascending.
    parts: Sequence[tuple[int, int]]
    #: The parts that are to be made.
    missing: Sequence[int]
    #: URI of the folder, in which a part is a folder `part=<place>`.
    out: str
    version: int
    #: Entries of a list, at most.
    top: int

    def place_of(self, user_ids: Counts) -> Counts:
        """The part of each user; -1 for one who is in none."""
        lasts = np.array([last for _, last in self.parts], dtype=np.int64)
        firsts = np.array([first for first, _ in self.parts], dtype=np.int64)
        places = np.minimum(np.searchsorted(lasts, user_ids), len(lasts) - 1)
        inside = (firsts[places] <= user_ids) & (user_ids <= lasts[places])
        return np.where(inside, places, -1)


class PartsDone(AccumulatorParam[dict[int, Usage]]):
    """Of each part that is made what it took; one that is made twice counts once."""

    def zero(self, value: dict[int, Usage]) -> dict[int, Usage]:  # noqa: ARG002
        """None."""
        return {}

    def addInPlace(self, value1: dict[int, Usage], value2: dict[int, Usage]) -> dict[int, Usage]:
        """Those of both."""
        return value1 | value2


def mysql_rows(spark: SparkSession, mysql: Mysql, plan: ListPlan) -> DataFrame:
    """The ratings of the parts that are missing, one statement and one partition each; a user without any has one row of nulls."""
    query = "SELECT u.userId, r.movieId, r.halfStars, r.ratedAtSeconds FROM user u LEFT JOIN rating r USING (userId)"
    ranges = [plan.parts[place] for place in plan.missing]
    predicates = [f"userId BETWEEN {first} AND {last}" for first, last in ranges]
    rows = mysql.read(spark, query, predicates)
    return rows.select(*(F.col(name).cast("int") for name in RAW_COLUMNS))


def export_rows(spark: SparkSession, folder: str, plan: ListPlan) -> DataFrame:
    """The same from what `seed export --parquet` wrote; every user has a row of nulls.

    Raises Failure BAD_DATA for an export without users, as earlier releases wrote it.
    """
    raw = read_parquet(spark, folder)
    valid = raw.frame.where(IS_USABLE)
    users = read_users(spark, folder).select(
        "userId",
        *(F.lit(None).cast("int").alias(name) for name in RAW_COLUMNS if name != "userId"),
    )
    partition_of = np.full(len(plan.parts) + 1, -1, dtype=np.int32)
    partition_of[list(plan.missing)] = np.arange(len(plan.missing))

    def with_partition(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            partitions = partition_of[plan.place_of(batch["userId"].to_numpy())]
            yield batch.append_column("partition", pa.array(partitions, pa.int32())).filter(
                pa.array(partitions >= 0)
            )

    columns = ", ".join(f"{name} int" for name in (*RAW_COLUMNS, "partition"))
    return (
        valid.unionByName(users)
        .mapInArrow(with_partition, columns)
        .repartitionById(len(plan.missing), F.col("partition"))
        .drop("partition")
    )


def make_lists(
    rows: DataFrame, plan: ListPlan, command: Sequence[str], done: Accumulator[dict[int, Usage]]
) -> None:
    """Makes the parts that are missing; a part appears when its task ends, whatever becomes of the others.

    Raises Failure ENVIRONMENT where executors wrote a part elsewhere than where the driver looks.
    """

    def make(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        some = [batch for batch in batches if batch.num_rows > 0]
        if not some:
            return
        user_ids, frame = histories_of(pa.Table.from_batches(some))
        place = int(plan.place_of(user_ids[:1])[0])
        inputs = SparkFiles.get(INPUTS)
        settings = {
            "modelDir": inputs,
            "catalogue": f"{inputs}/{CATALOGUE}",
            "version": plan.version,
            "top": plan.top,
            "numItems": ID_LIMIT,
        }
        result = run_task(command, Frame("start", {"task": "lists", "settings": settings}), [frame])
        lists = lists_of(user_ids, result.tensors, plan.version, place)
        done.add({place: {"users": len(user_ids), "entries": lists.num_rows, **result.usage}})
        yield from lists.to_batches(ROWS_IN_BATCH)

    folder = Folder(rows.sparkSession, plan.out)
    try:
        (
            rows.sortWithinPartitions("userId", F.asc_nulls_first("ratedAtSeconds"), "movieId")
            .mapInArrow(make, LISTS)
            # By part first, or writing by parts would sort anew by that alone.
            .sortWithinPartitions("part", "userId", "rank")
            .write.partitionBy("part")
            # By the second algorithm a task's file is in its place when the task ends, not when all have.
            .option("mapreduce.fileoutputcommitter.algorithm.version", "2")
            .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
            .mode("append")
            .parquet(plan.out)
        )
    except Exception as error:
        raise jdbc_failure_of(error) from error
    finally:
        folder.remove([STAGING])
    written = set(folder.names())
    absent = [place for place in plan.missing if f"part={place}" not in written]
    elsewhere = [place for place in absent if done.value.get(place, {}).get("entries", 0) > 0]
    if elsewhere:
        raise Failure(
            "ENVIRONMENT",
            f"{len(elsewhere)} of {len(plan.missing)} parts were written, and are not in {plan.out} as the driver sees it; "
            "name a folder or URI by --out that all machines reach alike",
        )
    # Of users who are all gone since the run began there is no file, and a part without any is one that is missing.
    for place in absent:
        folder.touch(f"part={place}/{NOBODY}")


def histories_of(table: pa.Table) -> tuple[Counts, Frame]:
    """The users of rows in order, and their ratings as a frame with ids in place of indices."""
    user_ids, positions = np.unique(table["userId"].to_numpy(), return_inverse=True)
    is_rating = table["movieId"].is_valid()
    ratings = table.filter(is_rating)
    counts = np.bincount(positions[is_rating.to_numpy()], minlength=len(user_ids))
    tensors = {
        "userIndex": user_ids.astype("<i4"),
        "offsets": np.concatenate([[0], np.cumsum(counts)]).astype("<i4"),
        "itemIndices": ratings["movieId"].to_numpy().astype("<i4"),
        "ratings": (ratings["halfStars"].to_numpy() / 2).astype("<f4"),
        # Arrow writes null as NaN where the type becomes float.
        "timestamps": ratings["ratedAtSeconds"].cast(pa.float64()).to_numpy().astype("<f8"),
    }
    return user_ids, Frame("rows", {}, tensors)


def lists_of(user_ids: Counts, lists: Mapping[str, Tensor], version: int, place: int) -> pa.Table:
    """The lists of a part as rows."""
    offsets, num_rows = lists["offsets"], len(lists["movieIds"])
    counts = np.diff(offsets)
    ranks = np.arange(1, num_rows + 1) - np.repeat(offsets[:-1], counts)
    columns = {
        "userId": pa.array(np.repeat(user_ids, counts), pa.int32()),
        "rank": pa.array(ranks, pa.int32()),
        "movieId": pa.array(lists["movieIds"]),
        "score": pa.array(lists["scores"]),
        "modelVersion": pa.array(np.full(num_rows, version, np.int32)),
        "part": pa.array(np.full(num_rows, place, np.int32)),
    }
    return pa.table(columns)
