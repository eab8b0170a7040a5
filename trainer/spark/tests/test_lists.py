import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as dataset
import pytest
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession

from pocketrocket_spark.failure import Failure
from pocketrocket_spark.folders import Folder, reaching, send_files
from pocketrocket_spark.lists import (
    INPUTS,
    ListPlan,
    PartsDone,
    export_rows,
    histories_of,
    lists_of,
    make_lists,
)
from pocketrocket_spark.reading import RAW, read_parquet

LISTS_TASK = [sys.executable, str(Path(__file__).parent / "lists_task.py")]
PARTS = [(3, 8), (10, 20), (21, 21)]


def plan_of(out: Path, *missing: int) -> ListPlan:
    return ListPlan(PARTS, missing, f"file://{out}", 7, 2)


def test_users_are_in_the_part_of_their_range(tmp_path: Path) -> None:
    places = plan_of(tmp_path).place_of(np.array([2, 3, 8, 9, 15, 20, 21, 22]))
    assert places.tolist() == [-1, 0, 0, -1, 1, 1, 2, -1]


def test_histories_have_users_without_ratings_and_unknown_times() -> None:
    table = pa.table(
        {
            "userId": pa.array([3, 4, 4, 4, 9], pa.int32()),
            "movieId": pa.array([None, None, 50, 40, None], pa.int32()),
            "halfStars": pa.array([None, None, 9, 1, None], pa.int32()),
            "ratedAtSeconds": pa.array([None, None, None, 5, None], pa.int32()),
        }
    )
    user_ids, frame = histories_of(table)
    assert user_ids.tolist() == [3, 4, 9]
    assert frame.tensors["offsets"].tolist() == [0, 0, 2, 2]
    assert frame.tensors["itemIndices"].tolist() == [50, 40]
    assert frame.tensors["ratings"].tolist() == [4.5, 0.5]
    np.testing.assert_array_equal(frame.tensors["timestamps"], [np.nan, 5])


def test_lists_are_rows_with_ranks() -> None:
    lists = {
        "offsets": np.array([0, 2, 2, 3], "<i4"),
        "movieIds": np.array([10, 20, 30], "<i4"),
        "scores": np.array([0.5, 0.25, 1], "<f4"),
    }
    rows = lists_of(np.array([3, 4, 9]), lists, 7, 1)
    assert rows["userId"].to_pylist() == [3, 3, 9]
    assert rows["rank"].to_pylist() == [1, 2, 1]
    assert rows["movieId"].to_pylist() == [10, 20, 30]
    assert set(rows["modelVersion"].to_pylist()) == {7}
    assert set(rows["part"].to_pylist()) == {1}


def export(spark: SparkSession, folder: Path) -> DataFrame:
    (folder / "dataset.json").parent.mkdir(parents=True)
    (folder / "dataset.json").write_text(json.dumps({"identity": "sha256:data"}))
    rows: list[tuple[int | None, ...]] = [
        (user, movie, 5, None) for user in range(3, 22, 2) for movie in (1, 2)
    ]
    rows += [(5, 3, 99, None), (None, 3, 4, 1)]
    spark.createDataFrame(rows, RAW).write.parquet(f"{folder}/ratings")
    users = spark.createDataFrame([(user,) for user in range(3, 23)], "userId int")
    users.write.parquet(f"{folder}/users")
    return users


def test_parts_appear_whole_and_those_alone_that_are_missing(spark: SparkSession, tmp_path: Path) -> None:
    export(spark, tmp_path / "export")
    model = tmp_path / "model"
    model.mkdir()
    (model / "manifest.json").write_text("the model")
    movies = tmp_path / "movies.json"
    movies.write_text("[]")
    send_files(spark, {"recmodel/7": str(model), "catalogue.json": str(movies)}, str(tmp_path), INPUTS)
    assert (Path(SparkFiles.get(INPUTS)) / "recmodel" / "7" / "manifest.json").read_text() == "the model"

    out = tmp_path / "out"
    plan = plan_of(out, 0, 2)
    done = spark.sparkContext.accumulator({}, PartsDone())
    make_lists(export_rows(spark, f"file://{tmp_path}/export", plan), plan, LISTS_TASK, done)
    assert sorted(path.name for path in out.iterdir()) == ["part=0", "part=2"]
    assert {place: part["users"] for place, part in done.value.items()} == {0: 6, 2: 1}
    lists = dataset.dataset(out).to_table().sort_by("userId")
    # The process answers with one entry for each user, the number of its ratings.
    assert lists["userId"].to_pylist() == [3, 4, 5, 6, 7, 8, 21]
    assert lists["movieId"].to_pylist() == [2, 0, 2, 0, 2, 0, 2]
    assert [field.name for field in lists.schema] == ["userId", "rank", "movieId", "score", "modelVersion"]

    rest = plan_of(out, 1)
    make_lists(export_rows(spark, f"file://{tmp_path}/export", rest), rest, LISTS_TASK, done)
    assert dataset.dataset(out).to_table().num_rows == 18


def test_a_part_whose_users_are_gone_is_made_too(spark: SparkSession, tmp_path: Path) -> None:
    plan = ListPlan([(500, 600)], [0], f"file://{tmp_path}/out", 7, 2)
    rows = spark.createDataFrame([], RAW)
    make_lists(rows, plan, LISTS_TASK, spark.sparkContext.accumulator({}, PartsDone()))
    assert Folder(spark, plan.out).names() == ["part=0"]
    assert dataset.dataset(tmp_path / "out").to_table().num_rows == 0


def test_parts_that_were_written_elsewhere_are_a_failure(spark: SparkSession, tmp_path: Path) -> None:
    plan = ListPlan([(1, 5), (6, 9)], [0, 1], f"file://{tmp_path}/out", 7, 2)
    rows = spark.createDataFrame([], RAW)
    done = spark.sparkContext.accumulator({}, PartsDone())
    # As executors tell whose disks are their own.
    done.add({0: {"users": 5, "entries": 10}, 1: {"users": 2, "entries": 0}})
    with pytest.raises(Failure, match=r"1 of 2 parts .* --out that all machines reach alike") as failure:
        make_lists(rows, plan, LISTS_TASK, done)
    assert failure.value.code == "ENVIRONMENT"
    assert Folder(spark, plan.out).names() == []


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("hdfs://127.0.0.1:9/lists", "UPSTREAM_UNAVAILABLE"),
        ("hdfs://nowhere.invalid:9000/lists", "UPSTREAM_UNAVAILABLE"),
        ("nothing://there/lists", "ENVIRONMENT"),
        ("file:///proc/lists", "ENVIRONMENT"),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(spark: SparkSession, uri: str, code: str) -> None:
    # Hadoop asks a server that refuses it ten times more, a second apart, unless told.
    java: Any = spark.sparkContext._jsc
    java.hadoopConfiguration().set("ipc.client.connect.max.retries", "0")
    with pytest.raises(Failure, match="--out") as failure, reaching(uri, "--out"):
        Folder(spark, uri).names()
    assert failure.value.code == code
    assert uri in failure.value.message
    if not uri.startswith("file:"):
        with pytest.raises(Failure, match="--parquet") as failure:
            read_parquet(spark, uri)
        assert failure.value.code == code
        assert uri in failure.value.message


def test_an_export_without_users_is_none(spark: SparkSession, tmp_path: Path) -> None:
    export(spark, tmp_path / "export")
    (tmp_path / "export" / "users").rename(tmp_path / "elsewhere")
    with pytest.raises(Failure, match="export the data again") as failure:
        export_rows(spark, f"file://{tmp_path}/export", plan_of(tmp_path, 0))
    assert failure.value.code == "BAD_DATA"


def test_a_part_counts_once_however_often_it_was_made() -> None:
    param = PartsDone()
    once = param.addInPlace({}, {1: {"users": 5}})
    assert param.addInPlace(once, {1: {"users": 5}, 2: {"users": 3}}) == {1: {"users": 5}, 2: {"users": 3}}


def test_files_in_a_folder_are_whole(spark: SparkSession, tmp_path: Path) -> None:
    folder = Folder(spark, f"file://{tmp_path}/a folder")
    assert folder.names() == []
    assert folder.read_text("run.json") is None
    folder.write_text("run.json", '{"é": 1}\n')
    folder.touch("part=0/file")
    (tmp_path / "a folder" / "part=1").mkdir()
    assert folder.names() == ["part=0", "run.json"]
    assert folder.read_text("run.json") == '{"é": 1}\n'
    folder.remove(["run.json", "part=0", "none"])
    assert folder.names() == []
