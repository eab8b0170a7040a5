import pytest

from pocketrocket_spark.failure import Failure, TaskFailure, failure_of

ABORTED = (
    "Job aborted due to stage failure: Task 0 in stage 5.0 failed 4 times, most recent failure: "
    "Lost task 0.3 in stage 5.0 (TID 9) (10.0.0.7 executor 1): "
)


@pytest.mark.parametrize(
    ("said", "code", "message"),
    [
        (
            "java.io.IOException: No space left on device",
            "ENVIRONMENT",
            r"^no space left.*: No space left on device$",
        ),
        ("OSError: [Errno 28] No space left on device: '/x'", "ENVIRONMENT", r"^no space left.*'/x'$"),
        ("java.io.IOException: Mkdirs failed to create file:/x (exists=false)", "ENVIRONMENT", "--storage"),
        (
            "java.io.FileNotFoundException: /x/part-0 (Permission denied)",
            "ENVIRONMENT",
            "cannot write.*/x/part-0",
        ),
        ("java.lang.OutOfMemoryError: Java heap space", "ENVIRONMENT", "--executor-memory.*heap space"),
        ("[PYTHON_VERSION_MISMATCH] Python in worker has 3.9", "ENVIRONMENT", "PYSPARK_PYTHON"),
        ("ModuleNotFoundError: No module named 'numpy'", "ENVIRONMENT", "requirements.txt.*'numpy'"),
        (
            "java.io.FileNotFoundException: File file:/x does not exist",
            "ENVIRONMENT",
            "--parquet and --storage",
        ),
        ("java.lang.RuntimeException: file:/x is not a Parquet file", "BAD_DATA", "seed -- export --parquet"),
        ("ExecutorLostFailure (executor 1 exited)", "UPSTREAM_UNAVAILABLE", "executor 1 exited"),
        ("Job 3 cancelled because SparkContext was shut down", "UPSTREAM_UNAVAILABLE", "train again"),
    ],
)
def test_says_what_an_error_of_spark_means(said: str, code: str, message: str) -> None:
    failure = failure_of(RuntimeError(f"{ABORTED}{said}\n\tat org.apache.spark.Whatever"))
    assert failure is not None
    assert failure.code == code
    with pytest.raises(Failure, match=f"^{code}: "):
        raise failure
    assert "\n" not in failure.message
    with pytest.raises(RuntimeError, match=message):
        raise RuntimeError(failure.message)


@pytest.mark.parametrize("kind", [Failure, TaskFailure])
def test_knows_its_own_failures_from_an_executor(kind: type[Failure] | type[TaskFailure]) -> None:
    raised = kind("BAD_DATA", "no history has two movies: 3 of them")
    text = f"{ABORTED}org.apache.spark.api.python.PythonException: Traceback\n{kind.__name__}: {raised}\n\n\tat java"
    failure = failure_of(RuntimeError(text))
    assert failure is not None
    assert (failure.code, failure.message) == ("BAD_DATA", "no history has two movies: 3 of them")


def test_leaves_what_it_does_not_know() -> None:
    assert failure_of(ValueError("part 3 is out of order")) is None
