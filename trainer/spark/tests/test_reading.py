import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession

from pocketrocket_spark import reading
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.reading import (
    RAW,
    Mysql,
    RawRatings,
    Users,
    changed_users,
    lists_of,
    ranges_of,
    read_mysql,
    read_parquet,
    while_away,
)


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def write_export(folder: Path, columns: dict[str, pa.Array]) -> None:
    (folder / "ratings").mkdir(parents=True)
    pq.write_table(pa.table(columns), folder / "ratings" / "part-0.parquet")
    (folder / "dataset.json").write_text(json.dumps({"identity": "sha256:tiny", "name": "tiny"}))


def test_reads_an_export(spark: SparkSession, tmp_path: Path) -> None:
    columns = {
        "userId": pa.array([1, 2], pa.int32()),
        "movieId": pa.array([5, 6], pa.int32()),
        "halfStars": pa.array([10, 1], pa.int8()),
        "ratedAtSeconds": pa.array([None, 99], pa.int32()),
    }
    write_export(tmp_path / "export", columns)
    raw = read_parquet(spark, str(tmp_path / "export"))
    assert raw.identity == "sha256:tiny"
    assert [tuple(row) for row in raw.frame.orderBy("userId").collect()] == [(1, 5, 10, None), (2, 6, 1, 99)]


def test_says_what_is_no_export(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="seed -- export --parquet") as failure:
        read_parquet(spark, str(tmp_path / "nothing"))
    assert failure.value.code == "NOT_FOUND"
    write_export(tmp_path / "other", {"userId": pa.array([1])})
    with pytest.raises(Failure, match="no column movieId, halfStars, ratedAtSeconds"):
        read_parquet(spark, str(tmp_path / "other"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"identity": "sha2', "no whole export"),
        ("{}", "no whole export"),
        ('{"identity": "sha256:tiny", "ratings": 5}', "holds 2 ratings, and its dataset.json says 5"),
    ],
)
def test_refuses_half_an_export(spark: SparkSession, tmp_path: Path, text: str, message: str) -> None:
    column = pa.array([1, 2], pa.int32())
    names = ("userId", "movieId", "halfStars", "ratedAtSeconds")
    write_export(tmp_path / "export", dict.fromkeys(names, column))
    (tmp_path / "export" / "dataset.json").write_text(text)
    with pytest.raises(Failure, match=message) as failure:
        read_parquet(spark, str(tmp_path / "export"))
    assert failure.value.code == "BAD_DATA"


def test_refuses_an_export_without_files(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "ratings").mkdir()
    (tmp_path / "dataset.json").write_text('{"identity": "sha256:tiny"}')
    with pytest.raises(Failure, match="no whole export") as failure:
        read_parquet(spark, str(tmp_path))
    assert failure.value.code == "BAD_DATA"


def test_ranges_cover_every_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "RATINGS_IN_STATEMENT", 10)
    users = Users(ints(1, 4, 6, 9, 20), ints(0, 0, 0, 0, 0), ints(6, 6, 6, 6, 6))
    assert ranges_of(users) == [
        "userId < 4",
        "userId >= 4 AND userId < 9",
        "userId >= 9 AND userId < 20",
        "userId >= 20",
    ]
    assert ranges_of(Users(ints(), ints(), ints())) == ["TRUE"]


def test_users_that_came_went_or_rated_have_changed() -> None:
    before = Users(ints(1, 2, 3), ints(5, 5, 5), ints(1, 1, 1))
    after = Users(ints(1, 2, 4), ints(5, 6, 0), ints(1, 1, 1))
    assert changed_users(before, after).tolist() == [2, 3, 4]
    assert changed_users(before, before).tolist() == []
    assert lists_of(ints(2, 3)) == ["userId IN (2, 3)"]


class Changing:
    """A database in which users rate while it is read: a version of each user, and their ratings, for each round."""

    def __init__(self, rounds: list[dict[int, int]], identities: list[str] | None = None) -> None:
        self.rounds = rounds
        self.identities = identities or ["sha256:tiny"] * (len(rounds) + 1)
        self.num_identities = 0
        self.num_users = 0
        self.predicates: list[list[str]] = []

    def read(self, spark: SparkSession, query: str, predicates: Sequence[str] | None = None) -> DataFrame:
        if "dataset" in query:
            self.num_identities += 1
            return spark.createDataFrame([(self.identities[self.num_identities - 1],)], "identity string")
        if "ratingsVersion" in query:
            users = self.rounds[self.num_users]
            self.num_users += 1
            rows = [(user, version, 1) for user, version in users.items()]
            return spark.createDataFrame(rows, "userId int, ratingsVersion int, ratingCount int")
        assert predicates is not None
        self.predicates.append(list(predicates))
        now = self.rounds[len(self.predicates)]
        ratings = [(user, 7, version, None) for user, version in now.items()]
        frame = spark.createDataFrame(ratings, RAW)
        return frame.where(" OR ".join(predicates))


def read(spark: SparkSession, database: Changing, storage: Path) -> RawRatings:
    return read_mysql(spark, cast(Mysql, database), str(storage))


def test_reads_changed_users_again(spark: SparkSession, tmp_path: Path) -> None:
    database = Changing([{1: 1, 2: 1, 3: 1}, {1: 1, 2: 2, 4: 1}, {1: 1, 2: 2, 4: 1}])
    raw = read(spark, database, tmp_path)
    assert database.predicates == [["TRUE"], ["userId IN (2, 3, 4)"]]
    assert (raw.rounds, raw.num_changing_users) == (2, 0)
    rows = sorted((row.userId, row.halfStars) for row in raw.frame.collect())
    assert rows == [(1, 1), (2, 2), (4, 1)]


def test_gives_up_on_users_that_always_change_after_three_rounds(spark: SparkSession, tmp_path: Path) -> None:
    database = Changing([{1: 1, 2: version} for version in range(1, 6)])
    raw = read(spark, database, tmp_path)
    assert len(database.predicates) == 3
    assert (raw.rounds, raw.num_changing_users) == (3, 1)
    assert sorted((row.userId, row.halfStars) for row in raw.frame.collect()) == [(1, 1), (2, 4)]


def test_refuses_a_data_set_that_was_replaced_meanwhile(spark: SparkSession, tmp_path: Path) -> None:
    database = Changing([{1: 1}, {1: 1}], ["sha256:one", "sha256:two"])
    with pytest.raises(Failure, match="replaced while it was read") as failure:
        read(spark, database, tmp_path)
    assert failure.value.code == "CONFLICT"


class Away(Exception):
    """An error of JDBC, with causes as Java's errors have them."""


def server_that_is_away(monkeypatch: pytest.MonkeyPatch, times: int) -> Callable[[], str]:
    """A step of reading that fails so many times for want of the server."""
    causes = ["java.sql.SQLException", "CommunicationsException: Communications link failure"]
    monkeypatch.setattr(reading, "causes_of", lambda _: causes)
    monkeypatch.setattr(reading, "TRY_EVERY_SECONDS", 0.01)
    fails = iter([True] * times)

    def step() -> str:
        if next(fails, False):
            raise Away
        return "read"

    return step


def test_reads_again_once_the_server_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert while_away(server_that_is_away(monkeypatch, 3)) == "read"


def test_says_that_the_server_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BACK_WITHIN_SECONDS", 0.05)
    with pytest.raises(Failure, match="went away while it was read: try again") as failure:
        while_away(server_that_is_away(monkeypatch, 1_000))
    assert failure.value.code == "UPSTREAM_UNAVAILABLE"


def test_does_not_repeat_what_failed_for_another_reason() -> None:
    tries = []

    def step() -> None:
        tries.append(1)
        raise Failure("BAD_DATA", "the database is empty")

    with pytest.raises(Failure, match="is empty"):
        while_away(step)
    assert len(tries) == 1
