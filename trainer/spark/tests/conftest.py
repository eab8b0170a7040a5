import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession


def archive_options() -> list[str]:
    """Options by which Java reads Spark's classes from the archive TEST_SPARK_ARCHIVE, or makes it where it is missing."""
    archive = os.environ.get("TEST_SPARK_ARCHIVE")
    if archive is None:
        return []
    return [f"-XX:{'SharedArchiveFile' if Path(archive).exists() else 'ArchiveClassesAtExit'}={archive}"]


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    # For the processes of tasks, which know this folder from nowhere else.
    os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)
    session = (
        SparkSession.Builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.driver.extraJavaOptions", " ".join(["-XX:TieredStopAtLevel=1", *archive_options()]))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
