"""Failures that are expected: a stable code, and one line that says what happened and what to do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

#: Of what Spark says itself.
LONGEST_REASON = 300


class Failure(Exception):
    """An expected failure, with a code of `runtime/src/errors.ts`; its text has both, and is all that executors hand on."""

    def __init__(self, code: str, message: str, *, is_in_log: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        #: True where what Spark wrote says why.
        self.is_in_log = is_in_log

    def as_fields(self) -> Mapping[str, Any]:
        """The failure as the trainer is told it."""
        return {"code": self.code, "message": self.message, "isInLog": self.is_in_log}


def causes_of(error: BaseException) -> list[str]:
    """What an error says in one line, and what the Java errors behind it say, the first cause last."""
    # Py4J's own errors hold the Java one as such, those that PySpark has made of them as their origin.
    java: Any = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    lines = [f"{type(error).__name__}: {error}"]
    while java is not None:
        lines.append(str(java.toString()))
        java = java.getCause()
    return [line.strip().splitlines()[0] for line in lines]


def does_not_answer(error: BaseException) -> bool:
    """True where another machine cannot be reached, or is not ready."""
    return any(sign in cause for sign in DOES_NOT_ANSWER for cause in causes_of(error))


class TaskFailure(Exception):
    """A failure that another try may mend: Spark runs the task again, up to its limit."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")


#: Errors of Java that mean that another machine cannot be reached, or is not ready.
DOES_NOT_ANSWER = (
    "ConnectException",
    "ConnectTimeoutException",
    "NoRouteToHostException",
    "SafeModeException",
    "SocketTimeoutException",
    "StandbyException",
    "UnknownHostException",
)

#: What Spark's own errors say, as patterns, with the code and what to do.
_FAILURES: Sequence[tuple[str, str, str]] = (
    (
        r"PYTHON_VERSION_MISMATCH.*",
        "ENVIRONMENT",
        "executors run another version of Python than the driver; PYSPARK_PYTHON must be the same on all machines",
    ),
    (
        r"ModuleNotFoundError: .*",
        "ENVIRONMENT",
        "executors lack a Python package; install trainer/spark/requirements.txt on all machines (docs/spark.md)",
    ),
    (
        r"[^:]*(No space left on device|Disk quota exceeded).*",
        "ENVIRONMENT",
        "no space left, in --storage, in MODEL_DIR or where executors spill (spark.local.dir)",
    ),
    (
        r"(Mkdirs failed to create|AccessControlException|[^:]*\((Permission denied|Read-only file system)\)).*",
        "ENVIRONMENT",
        "executors cannot write; name a folder by --storage that they may write to",
    ),
    (
        r"OutOfMemoryError.*",
        "ENVIRONMENT",
        "a heap was too small; give more by --executor-memory, or the driver's by --spark-conf spark.driver.memory=2g",
    ),
    (
        r"(FileNotFoundException|FAILED_READ_FILE\.FILE_NOT_EXIST).*",
        "ENVIRONMENT",
        "executors do not find a file; --parquet and --storage must be folders or URIs that all machines reach alike",
    ),
    (
        r"(FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|is not a Parquet file).*",
        "BAD_DATA",
        "a Parquet file cannot be read; export the ratings again by `npm run seed -- export --parquet <folder>`",
    ),
    (
        r"ExecutorLostFailure.*",
        "UPSTREAM_UNAVAILABLE",
        "executors were lost again and again; their logs on the workers say why, most often too little memory",
    ),
    (
        rf"({'|'.join(DOES_NOT_ANSWER)}).*",
        "UPSTREAM_UNAVAILABLE",
        "what a URI names, or another machine of the cluster, does not answer; try again once it does",
    ),
    (
        r"(SparkContext was shut down|stopped SparkContext|Master removed our application|All masters are unresponsive).*",
        "UPSTREAM_UNAVAILABLE",
        "the cluster ended the application; train again once its master answers",
    ),
)


def failure_of(error: BaseException) -> Failure | None:
    """The expected failure that an error of Spark means; None for any other error."""
    text = "\n".join([str(error), *causes_of(error)])
    if own := re.search(r"Failure: ([A-Z_]+): (.+)", text):
        return Failure(own[1], own[2])
    for pattern, code, message in _FAILURES:
        if found := re.search(pattern, text):
            return Failure(code, f"{message}: {found[0].strip()[:LONGEST_REASON]}")
    return None
