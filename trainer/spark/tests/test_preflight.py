import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from pocketrocket_spark import preflight
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.preflight import MARK, check_executors, prepare_storage, remove_storage

ANSWER = """
import sys
from pocketrocket_spark.frames import Frame, write_frame
write_frame(sys.stdout.buffer, Frame("failed", {"code": "BAD_DATA", "message": "the task did not come"}))
"""
COMMAND = [sys.executable, "-c", ANSWER]


@pytest.fixture
def storage(spark: SparkSession, tmp_path: Path) -> str:
    uri = f"file://{tmp_path}/storage"
    prepare_storage(spark, uri)
    return uri


def test_passes_executors_that_have_all(spark: SparkSession, storage: str, tmp_path: Path) -> None:
    check_executors(spark, storage, COMMAND)
    assert {path.name for path in (tmp_path / "storage").iterdir()} == {MARK, f".{MARK}.crc"}
    remove_storage(spark, storage)
    assert list(tmp_path.iterdir()) == []


def test_passes_a_folder_as_hadoop_writes_it(spark: SparkSession, storage: str) -> None:
    check_executors(spark, storage.replace("file:///", "file:/"), COMMAND)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["/no/such/node"], r"executor on \S+ cannot run /no/such/node: No such file.*this checkout, built"),
        ([sys.executable, "-c", "import nowhere"], r"ModuleNotFoundError: No module named 'nowhere'"),
        ([sys.executable, "-c", ""], r"it said nothing"),
    ],
)
def test_refuses_executors_without_the_tasks_process(
    spark: SparkSession, storage: str, command: list[str], message: str
) -> None:
    with pytest.raises(Failure, match=f"^ENVIRONMENT: .*{message}"):
        check_executors(spark, storage, command)


def test_refuses_executors_with_other_packages(
    spark: SparkSession, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = preflight._versions()

    def versions() -> Mapping[str, str]:
        return {**here, "numpy": "1.0"}

    monkeypatch.setattr(preflight, "_versions", versions)
    with pytest.raises(Failure, match=rf"has numpy {here['numpy']}, the driver 1\.0; .*requirements\.txt"):
        check_executors(spark, storage, COMMAND)


def test_refuses_executors_that_do_not_see_the_storage(spark: SparkSession, storage: str) -> None:
    remove_storage(spark, storage)
    with pytest.raises(Failure, match=r"does not see the driver's folder .*--storage"):
        check_executors(spark, storage, COMMAND)


@pytest.mark.parametrize("uri", ["file:///proc/nowhere", "nothing://host/folder"])
def test_refuses_a_storage_that_cannot_be_written(spark: SparkSession, uri: str) -> None:
    with pytest.raises(Failure, match=r"^ENVIRONMENT: .*cannot be used: .*--storage"):
        prepare_storage(spark, uri)
