"""The Node process of one Spark task, in which our own kernels run."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyspark.accumulators import Accumulator, AccumulatorParam
from pyspark.sql import SparkSession

from .failure import Failure, TaskFailure
from .frames import Frame, read_frame, write_frame
from .tensor_folder import Tensor

LOG_END_BYTES = 8_000
SAME_PLACES = (
    "executors need this Node.js and this checkout, built, by the same paths as the driver (docs/spark.md)"
)
#: Once its process has answered, nothing holds it up but the rows' own source.
FEEDER_ENDS_WITHIN_SECONDS = 10


Usage = Mapping[str, float]


@dataclass
class TaskResult:
    """The outcome of a task: its tensors, and the epochs as they were reported."""

    tensors: Mapping[str, Tensor]
    epochs: Sequence[Mapping[str, Any]] = field(default_factory=list)
    #: What its process took: `cpuSeconds`, and `peakBytes` of memory.
    usage: Usage = field(default_factory=dict)


class _Usage(AccumulatorParam[Usage]):
    """What the processes of many tasks took: all seconds, and the most memory of one."""

    def zero(self, value: Usage) -> Usage:
        """Nothing."""
        return dict.fromkeys(value, 0.0)

    def addInPlace(self, value1: Usage, value2: Usage) -> Usage:
        """Both."""
        return {
            "cpuSeconds": value1["cpuSeconds"] + value2["cpuSeconds"],
            "peakBytes": max(value1["peakBytes"], value2["peakBytes"]),
        }


@dataclass(frozen=True)
class Tasks:
    """Runs processes in the tasks of Spark jobs and adds up what they took."""

    command: Sequence[str]
    _used: Accumulator[Usage]

    @staticmethod
    def of(spark: SparkSession, command: Sequence[str]) -> "Tasks":
        """For jobs of a session."""
        return Tasks(command, spark.sparkContext.accumulator({"cpuSeconds": 0.0, "peakBytes": 0.0}, _Usage()))

    def run(self, start: Frame, rows: Iterable[Frame | Path]) -> TaskResult:
        """Runs one, in an executor."""
        result = run_task(self.command, start, rows)
        self._used.add(result.usage)
        return result

    @property
    def usage(self) -> Usage:
        """What all of them took, for the driver."""
        return self._used.value


def run_task(command: Sequence[str], start: Frame, rows: Iterable[Frame | Path]) -> TaskResult:
    """Runs one task to its end: the start, the rows, and what comes of it. A path is that of a file that holds a frame.

    Raises Failure for data or options that cannot be learnt from, TaskFailure where the process cannot be started or ends
    without an answer, RuntimeError where it says that it failed: then Spark runs the task again.
    """
    with tempfile.TemporaryFile() as log:
        process = _start(command, log)
        try:
            # In a thread: a process that reports progress before it has read everything would wait for its reader for ever.
            feeder = _Feeder(cast(BinaryIO, process.stdin), start, rows)
            feeder.start()
            try:
                result = _outcome(cast(BinaryIO, process.stdout))
            except Exception:
                # What is wrong with the rows says more than that they were cut off.
                feeder.join(FEEDER_ENDS_WITHIN_SECONDS)
                if feeder.problem is not None:
                    raise feeder.problem from None
                raise
            feeder.join()
            status, usage = _wait(process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if feeder.problem is not None and result is None:
            raise feeder.problem
        if result is None or status != 0:
            raise ended_early(status, _end_of(log))
        return replace(result, usage={**usage, **result.usage})


def _start(command: Sequence[str], log: BinaryIO) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
    except OSError as error:
        raise TaskFailure(
            "ENVIRONMENT", f"{socket.gethostname()} cannot run {command[0]}: {error.strerror}; {SAME_PLACES}"
        ) from error


def ended_early(status: int, said: bytes) -> TaskFailure:
    """Why a process ended without an answer, from its status and the end of its log."""
    how = signal.Signals(-status).name if status < 0 else f"status {status}"
    problem = f"a task's process ended on {socket.gethostname()} ({how})"
    reason = reason_in(said)
    if status == -signal.SIGKILL or "out of memory" in reason:
        remedy = "for lack of memory, most likely: its machine needs --task-memory for each core beside its executors"
        return TaskFailure("ENVIRONMENT", f"{problem}, {remedy}")
    return TaskFailure("ENVIRONMENT", f"{problem}: {reason}; {SAME_PLACES}")


def reason_in(said: bytes) -> str:
    """The line of a process's log that says why it ended: the first that names an error, or the last."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return next(
        (line for line in lines if "error" in line.lower()), lines[-1] if lines else "it said nothing"
    )


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, Mapping[str, float]]:
    _, ended, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    facts = {"cpuSeconds": usage.ru_utime + usage.ru_stime, "peakBytes": usage.ru_maxrss * 1024}
    return process.returncode, facts


class _Feeder(threading.Thread):
    """Writes a task's frames; what goes wrong with the rows themselves is kept in `problem`."""

    def __init__(self, stream: BinaryIO, start: Frame, rows: Iterable[Frame | Path]) -> None:
        super().__init__(daemon=True)
        self.problem: Exception | None = None
        self._stream = stream
        self._start_frame = start
        self._rows = rows

    def run(self) -> None:
        """Writes everything and closes the stream."""
        try:
            with self._stream:
                write_frame(self._stream, self._start_frame)
                for frame in self._rows:
                    if isinstance(frame, Path):
                        with frame.open("rb") as file:
                            shutil.copyfileobj(file, self._stream)
                    else:
                        write_frame(self._stream, frame)
                write_frame(self._stream, Frame("end"))
        except BrokenPipeError:
            # The process has ended: its answer or its status say why.
            return
        except Exception as problem:
            self.problem = problem


def _outcome(stream: BinaryIO) -> TaskResult | None:
    """The last answer of a process; None where it ended before."""
    epochs: list[Mapping[str, Any]] = []
    while (frame := _next_frame(stream)) is not None:
        if frame.kind == "progress" and "loss" in frame.fields:
            epochs.append(frame.fields)
        elif frame.kind == "result":
            # What the system says of a process counts this one too, from which it was started.
            told = {name: frame.fields[name] for name in ("peakBytes",) if name in frame.fields}
            return TaskResult(frame.tensors, epochs, told)
        elif frame.kind == "failed":
            code, message = str(frame.fields["code"]), str(frame.fields["message"])
            if code == "BAD_DATA":
                raise Failure(code, message)
            raise RuntimeError(message)
    return None


def _next_frame(stream: BinaryIO) -> Frame | None:
    try:
        return read_frame(stream)
    except EOFError:
        # It was ended while it wrote.
        return None


def _end_of(log: BinaryIO) -> bytes:
    log.seek(0, os.SEEK_END)
    log.seek(max(0, log.tell() - LOG_END_BYTES))
    return log.read()
