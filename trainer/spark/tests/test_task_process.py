import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pocketrocket_spark.failure import Failure, TaskFailure, failure_of
from pocketrocket_spark.frames import Frame, write_frame
from pocketrocket_spark.task_process import run_task

ECHO = [sys.executable, str(Path(__file__).parent / "echo_task.py")]


def start(**options: Any) -> Frame:
    return Frame("start", {"task": "fit", "settings": {"options": options}}, {"w": np.ones(2, "<f4")})


def rows(user: int, count: int = 1) -> Frame:
    return Frame(
        "rows",
        {},
        {
            "userIndex": np.array([user], "<i4"),
            "offsets": np.array([0, count], "<i4"),
            "itemIndices": np.arange(count, dtype="<i4"),
            "ratings": np.full(count, 4, "<f4"),
            "timestamps": np.arange(count, dtype="<f8"),
        },
    )


@pytest.fixture(autouse=True)
def package_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))


def test_sends_everything_and_gets_the_result_with_its_epochs() -> None:
    result = run_task(ECHO, start(), [rows(0, 200_000), rows(1)])
    assert result.epochs == [{"epoch": 1, "epochs": 1, "loss": 0.25, "ndcgAt10": 0.5}]
    np.testing.assert_array_equal(result.tensors["lengths"], [200_000, 1])
    np.testing.assert_array_equal(result.tensors["init.w"], [1, 1])
    assert result.usage["cpuSeconds"] > 0
    assert result.usage["peakBytes"] > 2**20


def test_sends_a_frame_that_is_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.frame"
    with path.open("wb") as file:
        write_frame(file, rows(1, 3))
    result = run_task(ECHO, start(), [rows(0, 2), path])
    np.testing.assert_array_equal(result.tensors["lengths"], [2, 3])


def test_says_what_cannot_be_learnt_from() -> None:
    with pytest.raises(Failure, match="the loss is not finite") as failure:
        run_task(ECHO, start(fails="BAD_DATA"), [rows(0, 200_000)])
    assert failure.value.code == "BAD_DATA"


def test_lets_spark_try_again_where_the_process_says_that_it_failed() -> None:
    with pytest.raises(RuntimeError, match="not finite"):
        run_task(ECHO, start(fails="INTERNAL"), [rows(0, 200_000)])


@pytest.mark.parametrize(
    ("command", "options", "message"),
    [
        (ECHO, {"ends": True}, r"ended on \S+ \(status 3\): Error: no kernels; .*this checkout, built"),
        (ECHO, {"isKilled": "before"}, r"ended on \S+ \(SIGKILL\), for lack of memory.*--task-memory"),
        (ECHO, {"isKilled": "within"}, r"\(SIGKILL\), for lack of memory"),
        (["/no/such/node"], {}, r"cannot run /no/such/node: No such file.*same paths as the driver"),
    ],
)
def test_says_why_a_process_did_not_answer(command: list[str], options: dict[str, Any], message: str) -> None:
    with pytest.raises(TaskFailure, match=message) as raised:
        run_task(command, start(**options), [rows(0, 200_000)])
    # As Spark hands it on: a line of the trace.
    failure = failure_of(RuntimeError(f"Traceback\n{type(raised.value).__name__}: {raised.value}\n\tat java"))
    assert failure is not None
    assert failure.code == "ENVIRONMENT"
    assert f"ENVIRONMENT: {failure.message}" == str(raised.value)


@pytest.mark.parametrize("options", [{}, {"cutOff": True}])
def test_raises_what_goes_wrong_with_the_rows(options: dict[str, Any]) -> None:
    def broken() -> Iterator[Frame]:
        yield rows(0)
        raise OSError("the shuffle file is gone")

    with pytest.raises(OSError, match="shuffle file is gone"):
        run_task(ECHO, start(**options), broken())
