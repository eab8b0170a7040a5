"""Opening a Spark application so that what is missing is said in one line."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyspark import SparkContext
from pyspark.sql import SparkSession

from .failure import Failure, causes_of
from .histories import MAX_FILE_BYTES

CONNECT_SECONDS = 5
EXECUTORS_WITHIN_SECONDS = 60
#: Where executors are pods: images may have to be pulled, nodes to be added.
PODS_WITHIN_SECONDS = 600
#: As long as no further executor has come.
SETTLED_SECONDS = 2
ASK_EVERY_SECONDS = 0.2
JAVA_ENDS_WITHIN_SECONDS = 1

MIB = 2**20
#: What an executor takes beside its heap: itself, and for each core a worker of Python.
EXECUTOR_BESIDE_MIB = 384
WORKER_MIB = 512

KUBERNETES = "k8s://"
IMAGE = "spark.kubernetes.container.image"
EXECUTOR_IMAGE = "spark.kubernetes.executor.container.image"


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
    #: Fits that take more run over partitions where they can.
    one_task_bytes: int
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
            request["oneTaskBytes"],
            request["executorMemory"],
            request.get("mysqlConnector"),
            request["conf"],
        )


def open_spark(options: SparkOptions) -> SparkSession:
    """Starts the application and waits for its executors.

    Raises Failure UPSTREAM_UNAVAILABLE where the master does not answer, ENVIRONMENT where Java or no executor starts,
    BAD_USER_INPUT for a setting that Spark refuses, or where executors on Kubernetes have no image.
    """
    require_image(options)
    require_master(options.master)
    builder = SparkSession.Builder().appName("pocketrocket train").master(options.master)
    for name, value in settings_of(options).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:
        raise _failure_to_start(error, options) from error
    _send_package(spark, options.folder)
    if not options.master.startswith("local"):
        _await_executor(spark, options)
        _await_further_executors(spark)
    return spark


def _failure_to_start(error: Exception, options: SparkOptions) -> Failure:
    if "JAVA_GATEWAY_EXITED" in str(error):
        downloads = "spark.jars.packages" in _connector(options.mysql_connector)
        remedy = " (where it cannot download the MySQL driver, give its .jar by --mysql-connector)"
        return Failure("ENVIRONMENT", f"Spark does not start{remedy if downloads else ''}", is_in_log=True)
    cause = causes_of(error)[-1]
    if "IllegalArgumentException" in cause:
        return Failure("BAD_USER_INPUT", f"Spark refuses a setting: {cause}")
    return Failure("UPSTREAM_UNAVAILABLE", f"no application starts at {options.master}: {cause}")


def settings_of(options: SparkOptions) -> Mapping[str, str]:
    """The settings of an application; those of `conf` come before ours."""
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": options.executor_memory,
        # Results go on to Python as their tasks end.
        "spark.driver.maxResultSize": "0",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.files.maxPartitionBytes": str(MAX_FILE_BYTES),
        # One task for each part: none reads the next one's file as well.
        "spark.sql.files.openCostInBytes": str(MAX_FILE_BYTES),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        **_container(options),
        **_connector(options.mysql_connector),
        **options.conf,
    }


def _container(options: SparkOptions) -> Mapping[str, str]:
    """The memory of executors' containers, which hold the processes of tasks too; masters that make none do not ask for it."""
    if not options.master.startswith((KUBERNETES, "yarn")):
        return {}
    cores = int(options.conf.get("spark.executor.cores", "1"))
    beside = EXECUTOR_BESIDE_MIB + cores * (WORKER_MIB + -(-options.task_bytes // MIB))
    # The driver need be allowed to make pods alone: executors are told all by it, and have no volumes of its making.
    unused = ("ownPersistentVolumeClaim", "reusePersistentVolumeClaim", "service.deleteOnTermination")
    return {
        "spark.executor.memoryOverhead": f"{beside}m",
        "spark.kubernetes.executor.disableConfigMap": "true",
        **{f"spark.kubernetes.driver.{name}": "false" for name in unused},
    }


def require_image(options: SparkOptions) -> None:
    """Raises Failure BAD_USER_INPUT where executors would be pods without an image: Spark would try again for ever."""
    if options.master.startswith(KUBERNETES) and not options.conf.keys() & {IMAGE, EXECUTOR_IMAGE}:
        raise Failure(
            "BAD_USER_INPUT",
            f"executors on Kubernetes need an image, the driver's: --spark-conf {IMAGE}=… (docs/kubernetes.md)",
        )


def require_master(master: str) -> None:
    """Raises Failure UPSTREAM_UNAVAILABLE where no standalone master or API server listens; YARN's addresses are in Hadoop's files."""
    addresses = _addresses(master)
    problems = [problem for host, port in addresses if (problem := _problem_of(host, port))]
    if addresses and len(problems) == len(addresses):
        kind = "API server" if master.startswith(KUBERNETES) else "Spark master"
        raise Failure(
            "UPSTREAM_UNAVAILABLE",
            f"no {kind} answers at {master}: {problems[0]}; start it, or name another by --master",
        )


def _addresses(master: str) -> Sequence[tuple[str, int]]:
    if master.startswith("spark://"):
        urls = [urlsplit(f"spark://{address}") for address in master.removeprefix("spark://").split(",")]
    elif master.startswith(KUBERNETES):
        address = master.removeprefix(KUBERNETES)
        urls = [urlsplit(address if "://" in address else f"https://{address}")]
    else:
        urls = []
    usual = {"spark": 7077, "https": 443, "http": 80}
    return [(url.hostname or "", url.port or usual.get(url.scheme, 443)) for url in urls]


def _problem_of(host: str, port: int) -> str | None:
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except OSError as error:
        return error.strerror or str(error)
    return None


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
    within = PODS_WITHIN_SECONDS if options.master.startswith(KUBERNETES) else EXECUTORS_WITHIN_SECONDS
    deadline = time.monotonic() + within
    # The driver counts as one.
    while context.getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > deadline:
            raise Failure(
                "ENVIRONMENT",
                f"no executor of {options.executor_memory} started within {within} s at {options.master}: "
                "its workers have too little memory, or other applications hold their cores; ask for less by --executor-memory, "
                "wait until the others have ended, or add workers",
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


class ExecutorWatch(threading.Thread):
    """Ends what runs once it has had no executor for too long, for which Spark itself would wait for ever.

    An application that runs nothing may be without any: with dynamic allocation its executors end while the trainer works alone.
    """

    def __init__(self, spark: SparkSession, master: str) -> None:
        super().__init__(daemon=True)
        self.failure: Failure | None = None
        self._spark = spark
        self._master = master
        self._stopped = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped."""
        context = self._spark.sparkContext
        last_seen = time.monotonic()
        while not self._stopped.wait(ASK_EVERY_SECONDS):
            runs = len(context.statusTracker().getActiveJobsIds()) > 0
            if not runs or context._jsc.sc().getExecutorMemoryStatus().size() > 1:
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > EXECUTORS_WITHIN_SECONDS:
                self.failure = Failure(
                    "UPSTREAM_UNAVAILABLE",
                    f"no executor was left at {self._master}, and none came within {EXECUTORS_WITHIN_SECONDS} s; "
                    "nothing was published, the models fitted so far are cached: train again when its workers are back",
                )
                context.cancelAllJobs()

    def stop(self) -> None:
        """Ends the looking."""
        self._stopped.set()


def end_of_java() -> int | None:
    """The status of the driver's Java process, where it has ended; its pipes end a moment before it."""
    process = getattr(SparkContext._gateway, "proc", None)
    try:
        return None if process is None else int(process.wait(JAVA_ENDS_WITHIN_SECONDS))
    except subprocess.TimeoutExpired:
        return None
