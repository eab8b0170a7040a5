import io
import json
import threading
from collections.abc import Mapping
from typing import Any, cast

import pytest
from pyspark.sql import SparkSession

from pocketrocket_spark import session
from pocketrocket_spark.driver import Driver, serve
from pocketrocket_spark.failure import Failure
from pocketrocket_spark.fitting import OnEpoch
from pocketrocket_spark.session import ExecutorWatch


class Slow(Driver):
    def __init__(self) -> None:
        super().__init__()
        self.is_closed = False
        self.is_over = threading.Event()

    def fit(self, request: Mapping[str, Any], on_epoch: OnEpoch) -> Mapping[str, Any]:
        on_epoch({"epoch": 1, "epochs": 2, "loss": 0.5})
        self.is_over.wait(request["seconds"])
        raise OSError("[Errno 28] No space left on device")

    def close(self) -> None:
        self.is_closed = True


def test_ends_with_its_requests_though_one_still_runs() -> None:
    driver = Slow()
    serving = threading.Thread(
        target=serve,
        args=(io.StringIO('{"id": 1, "kind": "fit", "seconds": 60}\n'), io.StringIO(), driver),
        daemon=True,
    )
    serving.start()
    serving.join(20)
    assert not serving.is_alive()
    assert driver.is_closed
    driver.is_over.set()


def test_tells_epochs_and_answers_with_the_failure_that_an_error_means() -> None:
    answers = io.StringIO()
    driver = Slow()

    def requests() -> Any:
        yield '{"id": 1, "kind": "fit", "seconds": 0}\n'
        while "failed" not in answers.getvalue():
            threading.Event().wait(0.01)

    serve(requests(), answers, driver)
    told, last = (json.loads(line) for line in answers.getvalue().splitlines())
    assert told == {"id": 1, "progress": {"epoch": 1, "epochs": 2, "loss": 0.5}}
    failed = last["failed"]
    assert failed["code"] == "ENVIRONMENT"
    assert failed["message"].startswith("no space left")
    assert failed["isInLog"] is False


class Cluster:
    """As much of an application as the watch asks."""

    def __init__(self) -> None:
        self.num_executors = 1
        self.jobs = [7]
        self.cancelled = threading.Event()
        self.sparkContext = self
        self._jsc = self

    def sc(self) -> "Cluster":
        return self

    def statusTracker(self) -> "Cluster":
        return self

    def getActiveJobsIds(self) -> list[int]:
        return self.jobs

    def getExecutorMemoryStatus(self) -> "Cluster":
        return self

    def size(self) -> int:
        return 1 + self.num_executors

    def cancelAllJobs(self) -> None:
        self.cancelled.set()


def test_ends_what_runs_where_no_executor_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "EXECUTORS_WITHIN_SECONDS", 0.5)
    monkeypatch.setattr(session, "ASK_EVERY_SECONDS", 0.01)
    cluster = Cluster()
    driver = Driver()
    driver._watch = ExecutorWatch(cast(SparkSession, cluster), "spark://here:7077")
    driver._watch.start()
    assert not cluster.cancelled.wait(1)
    cluster.jobs, cluster.num_executors = [], 0
    assert not cluster.cancelled.wait(1), "with dynamic allocation nothing is kept for what does not run"
    cluster.jobs = [8]
    assert cluster.cancelled.wait(20)
    driver._watch.stop()
    failure = driver.failure_of(RuntimeError("cancelled as part of cancellation of all jobs"))
    assert failure.code == "UPSTREAM_UNAVAILABLE"
    with pytest.raises(Failure, match="no executor was left at spark://here:7077"):
        raise failure
