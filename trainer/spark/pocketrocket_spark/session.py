"""Opening a Spark application so that what is missing is said in one line."""

import shutil
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyspark.sql import SparkSession

from .failure import Failure
from .histories import MAX_FILE_BYTES

CONNECT_SECONDS = 5
EXECUTORS_WITHIN_SECONDS = 60
#: As long as no further executor has come.
SETTLED_SECONDS = 2
ASK_EVERY_SECONDS = 0.2


@dataclass(frozen=True)
class SparkOptions:
    """Where and with what an application runs."""

    master: str
    #: Folder of the run on the driver's machine.
    folder: str
    #: URI of a folder that driver and executors reach alike.
    storage: str
    #: The Node process of a task.
    task_command: Sequence[str]
    #: Memory that one such process may take beside its executor.
    task_bytes: int
    executor_memory: str
    #: Jar, or Maven coordinates, of the MySQL driver; None where none is needed.
    mysql_connector: str | None
    #: Further settings of Spark.
    conf: Mapping[str, str]

    @staticmethod
    def of(request: Mapping[str, Any]) -> "SparkOptions":
        """The options of a request."""
        return SparkOptions(
            request["master"],
            request["folder"],
            request["storage"],
            request["taskCommand"],
            request["taskBytes"],
            request["executorMemory"],
            request.get("mysqlConnector"),
            request["conf"],
        )


def open_spark(options: SparkOptions) -> SparkSession:
    """Starts the application and waits for its executors.

    Raises Failure UPSTREAM_UNAVAILABLE where the master does not answer, ENVIRONMENT where no executor starts.
    """
    require_master(options.master)
    builder = SparkSession.Builder().appName("pocketrocket train").master(options.master)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": options.executor_memory,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.files.maxPartitionBytes": str(MAX_FILE_BYTES),
        # One task for each part: none reads the next one's file as well.
        "spark.sql.files.openCostInBytes": str(MAX_FILE_BYTES),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        **_connector(options.mysql_connector),
        **options.conf,
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    _send_package(spark, options.folder)
    if not options.master.startswith("local"):
        _await_executor(spark, options)
        _await_further_executors(spark)
    return spark


def require_master(master: str) -> None:
    """Raises Failure UPSTREAM_UNAVAILABLE where no standalone master listens; other kinds of masters say so themselves."""
    if not master.startswith("spark://"):
        return
    addresses = [urlsplit(f"spark://{address}") for address in master.removeprefix("spark://").split(",")]
    problems = [problem for address in addresses if (problem := _problem_of(address.hostname, address.port))]
    if len(problems) == len(addresses):
        raise Failure(
            "UPSTREAM_UNAVAILABLE",
            f"no Spark master answers at {master}: {problems[0]}; start it, or name another by --master",
        )


def _problem_of(host: str | None, port: int | None) -> str | None:
    try:
        socket.create_connection((host or "", port or 7077), CONNECT_SECONDS).close()
    except OSError as error:
        return error.strerror or str(error)
    return None


def remove_storage(spark: SparkSession, storage: str) -> None:
    """Removes the folder of a run, wherever it is."""
    context = spark.sparkContext
    jvm: Any = context._jvm
    path = jvm.org.apache.hadoop.fs.Path(storage)
    path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)


def _connector(connector: str | None) -> Mapping[str, str]:
    if connector is None:
        return {}
    return {"spark.jars" if connector.endswith(".jar") else "spark.jars.packages": connector}


def _send_package(spark: SparkSession, folder: str) -> None:
    """Sends this package to the executors, as an archive that lasts as long as the run."""
    package = Path(__file__).parent
    spark.sparkContext.addPyFile(
        shutil.make_archive(str(Path(folder) / package.name), "zip", package.parent, package.name)
    )


def _await_executor(spark: SparkSession, options: SparkOptions) -> None:
    context = spark.sparkContext._jsc.sc()
    deadline = time.monotonic() + EXECUTORS_WITHIN_SECONDS
    # The driver counts as one.
    while context.getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > deadline:
            raise Failure(
                "ENVIRONMENT",
                f"no executor of {options.executor_memory} started within {EXECUTORS_WITHIN_SECONDS} s at {options.master}: "
                "its workers have too little memory, or others use them; ask for less by --executor-memory, or add workers",
            )
        time.sleep(ASK_EVERY_SECONDS)


def _await_further_executors(spark: SparkSession) -> None:
    """Waits until none has come for a while: the cores that are counted now are used for the whole run."""
    num_cores, since = 0, time.monotonic()
    while time.monotonic() - since < SETTLED_SECONDS:
        found = spark.sparkContext.defaultParallelism
        if found != num_cores:
            num_cores, since = found, time.monotonic()
        time.sleep(ASK_EVERY_SECONDS)
