"""Ratings as they come from Parquet files and from MySQL."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .failure import Failure, causes_of, does_not_answer, failure_of
from .folders import reaching
from .splits import Counts

RAW = "userId int, movieId int, halfStars int, ratedAtSeconds int"
RAW_COLUMNS = ("userId", "movieId", "halfStars", "ratedAtSeconds")
#: Numbers of apps' users are from here to before the second one; their ratings stand in a table of their own.
APP_USERS = (1_250_000_000, 1_500_000_000)
#: Ratings of apps' users, of movies that are there.
APP_RATINGS = (
    "SELECT app_rating.userId, app_rating.movieId, app_rating.halfStars, app_rating.ratedAtSeconds "
    "FROM app_rating JOIN movie ON movie.movieId = app_rating.movieId"
)
#: All users with the versions of their ratings and about how many they have; of apps' users those that do not stand among all others.
USERS = (
    "SELECT userId, ratingsVersion, ratingCount FROM user UNION ALL "
    "SELECT app_user.userId, app_user.ratingsVersion, 20 FROM app_user "
    "LEFT JOIN user ON user.userId = app_user.userId WHERE user.userId IS NULL"
)
#: Reads of all users, then of those that changed meanwhile.
MAX_ROUNDS = 3
#: Aim for one statement of the first round.
RATINGS_IN_STATEMENT = 500_000
USERS_IN_STATEMENT = 1_000
FETCH_SIZE = 10_000
#: A server that went away in the middle may be back within this time, as one that is restarted.
BACK_WITHIN_SECONDS = 60.0
TRY_EVERY_SECONDS = 2.0

T = TypeVar("T")


@dataclass(frozen=True)
class RawRatings:
    """Ratings before they are checked, the identity of their data set, and how they were read."""

    frame: DataFrame
    identity: str
    #: Users that changed while they were read in the last round too: their ratings are of one moment each, but not of the same.
    num_changing_users: int = 0
    rounds: int = 1


def read_parquet(spark: SparkSession, folder: str) -> RawRatings:
    """Reads what `seed export --parquet` wrote. Raises Failure NOT_FOUND where there is nothing, BAD_DATA where it is not that."""
    with reaching(folder, "--parquet"):
        try:
            text = spark.read.text(f"{folder}/dataset.json", wholetext=True).collect()[0]["value"]
            dataset = json.loads(text)
            identity, num_ratings = dataset["identity"], dataset.get("ratings")
            ratings = _columns(spark, folder, "ratings", RAW_COLUMNS)
        except Exception as error:
            raise _unreadable(folder, error) from error
    if num_ratings is not None and (num_found := ratings.count()) != num_ratings:
        raise Failure(
            "BAD_DATA",
            f"{folder} holds {num_found} ratings, and its dataset.json says {num_ratings}: copy or write the export again",
        )
    return RawRatings(ratings, identity)


def _unreadable(folder: str, error: Exception) -> Exception:
    text = str(error)
    again = "write one with `npm run seed -- export --parquet <folder>`"
    if "PATH_NOT_FOUND" in text:
        return Failure("NOT_FOUND", f"{folder} holds no export; {again}")
    if isinstance(error, ValueError | KeyError | IndexError) or "UNABLE_TO_INFER_SCHEMA" in text:
        return Failure("BAD_DATA", f"{folder} is no whole export; {again}")
    return error if does_not_answer(error) else failure_of(error) or error


def read_users(spark: SparkSession, folder: str) -> DataFrame:
    """The `userId` of all users of an export, also of those without ratings.

    Raises Failure BAD_DATA for an export of an earlier release, which has none.
    """
    try:
        return _columns(spark, folder, "users", ["userId"])
    except Exception as error:
        if "PATH_NOT_FOUND" not in str(error):
            raise
        raise Failure("BAD_DATA", f"the export in {folder} has no users: export the data again") from error


def _columns(spark: SparkSession, folder: str, table: str, columns: Sequence[str]) -> DataFrame:
    frame = spark.read.parquet(f"{folder}/{table}")
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise Failure("BAD_DATA", f"the {table} in {folder} have no column {', '.join(missing)}")
    return frame.select(*(F.col(name).cast("int") for name in columns))


@dataclass(frozen=True)
class Mysql:
    """A MySQL or MariaDB server as JDBC reaches it."""

    url: str
    user: str
    password: str

    def read(self, spark: SparkSession, query: str, predicates: Sequence[str] | None = None) -> DataFrame:
        """Reads a query; one statement, or one for each predicate."""
        properties = {
            "user": self.user,
            "password": self.password,
            "driver": "com.mysql.cj.jdbc.Driver",
            "fetchsize": str(FETCH_SIZE),
        }
        table = f"({query}) AS part"
        if predicates is None:
            return spark.read.jdbc(self.url, table, properties=properties)
        return spark.read.jdbc(self.url, table, predicates=list(predicates), properties=properties)


@dataclass(frozen=True)
class Users:
    """All users, ascending by id, with the versions of their ratings."""

    ids: Counts
    versions: Counts
    counts: Counts


def read_mysql(spark: SparkSession, mysql: Mysql, storage: str) -> RawRatings:
    """Reads all ratings by ranges of users, each a statement and so a moment of its own, and again the users that changed meanwhile.

    Every round is stored, so that nothing is read twice. Where the server goes away in the middle the step is done again once it is back.
    Raises Failure CONFLICT where the data set was replaced meanwhile,
    UPSTREAM_UNAVAILABLE where the server does not answer or stays away, ENVIRONMENT where JDBC has no driver.
    """
    try:
        return _read_mysql(spark, mysql, storage)
    except Failure:
        raise
    except Exception as error:
        raise jdbc_failure_of(error) from error


def _read_mysql(spark: SparkSession, mysql: Mysql, storage: str) -> RawRatings:
    # A server that does not answer at all is one that cannot be reached from here.
    identity = read_identity(spark, mysql)
    users = while_away(lambda: _users(spark, mysql))
    predicates = ranges_of(users)
    has_apps = has_app_users(users)
    frame: DataFrame | None = None
    for read_round in range(1, MAX_ROUNDS + 1):
        path = f"{storage}/round-{read_round}"
        while_away(partial(_store_ratings, spark, mysql, predicates, has_apps, path))
        read = spark.read.schema(RAW).parquet(path)
        frame = read if frame is None else frame.unionByName(read)
        if while_away(lambda: read_identity(spark, mysql)) != identity:
            raise Failure("CONFLICT", "the data set was replaced while it was read; train again")
        now = while_away(lambda: _users(spark, mysql))
        changed = changed_users(users, now)
        if len(changed) == 0 or read_round == MAX_ROUNDS:
            return RawRatings(frame, identity, len(changed), read_round)
        again = spark.createDataFrame(pa.table({"userId": pa.array(changed, pa.int32())}))
        frame = frame.join(F.broadcast(again), "userId", "left_anti")
        predicates = lists_of(changed)
        has_apps = has_app_users(now)
        users = now
    raise AssertionError("unreachable")


def while_away(step: Callable[[], T]) -> T:
    """Does a step of reading, and again while the server is away, but for no longer than it may be.

    Raises Failure UPSTREAM_UNAVAILABLE where it stays away.
    """
    deadline = float("inf")
    while True:
        try:
            return step()
        except Exception as error:
            failure = jdbc_failure_of(error)
            if not isinstance(failure, Failure) or failure.code != "UPSTREAM_UNAVAILABLE":
                raise
            now = time.monotonic()
            deadline = min(deadline, now + BACK_WITHIN_SECONDS)
            if now >= deadline:
                raise failure from error
        time.sleep(TRY_EVERY_SECONDS)


def read_identity(spark: SparkSession, mysql: Mysql) -> str:
    """The identity of the data set that a database holds. Raises Failure BAD_DATA where it holds none."""
    rows = mysql.read(spark, "SELECT identity FROM dataset").collect()
    if not rows:
        raise Failure(
            "BAD_DATA", "the database is empty; import ratings first, for example `npm run seed -- sample`"
        )
    return str(rows[0]["identity"])


def _users(spark: SparkSession, mysql: Mysql) -> Users:
    table = mysql.read(spark, USERS).toArrow().sort_by("userId")

    def column(name: str) -> Counts:
        return np.asarray(table[name].to_numpy(), dtype=np.int64)

    return Users(column("userId"), column("ratingsVersion"), column("ratingCount"))


def has_app_users(users: Users) -> bool:
    """Whether some of the users belong to apps."""
    first, end = APP_USERS
    return bool(np.any((users.ids >= first) & (users.ids < end)))


def _store_ratings(
    spark: SparkSession, mysql: Mysql, predicates: Sequence[str], has_apps: bool, path: str
) -> None:
    _ratings(spark, mysql, predicates, has_apps).write.mode("overwrite").parquet(path)


def _ratings(spark: SparkSession, mysql: Mysql, predicates: Sequence[str], has_apps: bool) -> DataFrame:
    read = mysql.read(spark, f"SELECT {', '.join(RAW_COLUMNS)} FROM rating", predicates)
    if has_apps:
        read = read.unionByName(mysql.read(spark, APP_RATINGS, predicates))
    return read.select(*(F.col(name).cast("int") for name in RAW_COLUMNS))


def ranges_of(users: Users) -> list[str]:
    """Predicates of ranges of users with about as many ratings each; the first and last are open, for users that come meanwhile."""
    starts = np.cumsum(users.counts) // RATINGS_IN_STATEMENT
    bounds = users.ids[np.flatnonzero(np.diff(starts)) + 1].tolist()
    if not bounds:
        return ["TRUE"]
    inner = [f"userId >= {low} AND userId < {high}" for low, high in pairwise(bounds)]
    return [f"userId < {bounds[0]}", *inner, f"userId >= {bounds[-1]}"]


def lists_of(user_ids: Counts) -> list[str]:
    """Predicates of users by their ids, so many a statement."""
    return [
        f"userId IN ({', '.join(map(str, user_ids[start : start + USERS_IN_STATEMENT].tolist()))})"
        for start in range(0, len(user_ids), USERS_IN_STATEMENT)
    ]


def changed_users(before: Users, after: Users) -> Counts:
    """The users that came, went, or whose ratings have another version."""
    pairs = [set(zip(users.ids.tolist(), users.versions.tolist(), strict=True)) for users in (before, after)]
    return np.array(sorted({user_id for user_id, _ in pairs[0] ^ pairs[1]}), dtype=np.int64)


#: What the JDBC driver's errors say, with the code and the remedy of each.
_OF_JDBC = ("java.sql.", "com.mysql")
_JDBC_FAILURES: Sequence[tuple[Sequence[str], str, str]] = (
    (
        ("ClassNotFoundException: com.mysql", "No suitable driver"),
        "ENVIRONMENT",
        "Spark has no MySQL driver: give its jar or Maven coordinates by --mysql-connector (docs/spark.md)",
    ),
    (
        ("Access denied", "ER_ACCESS_DENIED"),
        "CONFIG_INVALID",
        "the database refuses the user of DATABASE_URL",
    ),
    (
        (
            "Communications link failure",
            "CommunicationsException",
            "Connection refused",
            "No operations allowed after",
            "shutdown in progress",
            "Connection was killed",
        ),
        "UPSTREAM_UNAVAILABLE",
        "the database does not answer, or went away while it was read: try again once it answers",
    ),
)


def jdbc_failure_of(error: Exception) -> Exception:
    """The error as a Failure with what to do, where the database is the cause; else itself."""
    if isinstance(error, Failure):
        return error
    causes = causes_of(error)
    if len(causes) == 1:
        # No error of Java: the driver's own connections fail in the same words.
        return error
    text = "\n".join([str(error), *causes])
    if not any(sign in text for sign in _OF_JDBC):
        # What keeps a folder fails in the same words too.
        return error
    for signs, code, message in _JDBC_FAILURES:
        if any(sign in text for sign in signs):
            return Failure(code, message)
    return error
