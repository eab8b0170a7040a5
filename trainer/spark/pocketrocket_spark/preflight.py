"""What executors must have, looked at before anything is read."""

import importlib
import re
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from pyspark.sql import SparkSession

from .failure import Failure
from .folders import Folder, reaching
from .frames import read_frame
from .task_process import SAME_PLACES, ended_early, reason_in

PACKAGES = ("pyspark", "numpy", "pandas", "pyarrow")
#: By which executors know the folder of the run.
MARK = "mark"


def prepare_storage(spark: SparkSession, storage: str) -> None:
    """Makes the folder of a run. Raises Failure ENVIRONMENT or UPSTREAM_UNAVAILABLE where the driver cannot write it."""
    with reaching(storage, "--storage"):
        Folder(spark, storage).touch(MARK)


def remove_storage(spark: SparkSession, storage: str) -> None:
    """Removes the folder of a run, wherever it is."""
    Folder(spark, storage).delete()


def check_executors(spark: SparkSession, storage: str, command: Sequence[str]) -> None:
    """Lets executors say what they lack, one task for each core. Raises Failure ENVIRONMENT with the first answer."""
    context = spark.sparkContext
    versions = _versions()

    def check(_: Iterable[int]) -> Iterator[str]:
        problem = _problem_here(versions, storage, command)
        if problem is not None:
            yield f"the executor on {socket.gethostname()} {problem}"

    num_cores = context.defaultParallelism
    problems = context.parallelize(range(num_cores), num_cores).mapPartitions(check).collect()
    if problems:
        raise Failure("ENVIRONMENT", problems[0])


def _versions() -> Mapping[str, str]:
    return {name: str(importlib.import_module(name).__version__) for name in PACKAGES}


def _problem_here(versions: Mapping[str, str], storage: str, command: Sequence[str]) -> str | None:
    for name, here in _versions().items():
        if here != versions[name]:
            return (
                f"has {name} {here}, the driver {versions[name]}; "
                "install the same on all machines, from trainer/spark/requirements.txt (docs/spark.md)"
            )
    if storage.startswith("file:"):
        # Hadoop writes `file:/path` itself.
        problem = _problem_of_folder(Path(re.sub(r"^file:(//)?(?=/)", "", storage)))
        if problem is not None:
            return f"{problem} {storage}; name a folder or URI by --storage that all machines reach alike"
    return _problem_of_command(command)


def _problem_of_folder(folder: Path) -> str | None:
    if not (folder / MARK).exists():
        return "does not see the driver's folder"
    try:
        own = folder / f"{MARK}-{uuid4()}"
        own.touch()
        own.unlink()
    except OSError as error:
        return f"cannot write ({error.strerror}) to"
    return None


def _problem_of_command(command: Sequence[str]) -> str | None:
    """Why a task's process does not run: one that runs answers a task that does not come."""
    try:
        ended = subprocess.run(command, input=b"", capture_output=True, check=False)
    except OSError as error:
        return f"cannot run {command[0]}: {error.strerror}; {SAME_PLACES}"
    if read_frame(BytesIO(ended.stdout)) is not None:
        return None
    if ended.returncode < 0:
        # Killed, as it might be at any time: Spark asks once more.
        raise ended_early(ended.returncode, ended.stderr)
    return f"cannot run {' '.join(command)}: {reason_in(ended.stderr)}; {SAME_PLACES}"
