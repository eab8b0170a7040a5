import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from pocketrocket_spark import reading
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.reading import Users, changed_users, lists_of, ranges_of, read_parquet


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
