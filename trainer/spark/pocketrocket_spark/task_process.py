"""The Node process of one Spark task, in which our own kernels run."""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, cast

from .failure import Failure
from .frames import Frame, read_frame, write_frame
from .tensor_folder import Tensor

LOG_END_BYTES = 2_000
#: Once its process has answered, nothing holds it up but the rows' own source.
FEEDER_ENDS_WITHIN_SECONDS = 10


@dataclass
class TaskResult:
    """The outcome of a task: its tensors, and the epochs as they were reported."""

    tensors: Mapping[str, Tensor]
    epochs: Sequence[Mapping[str, Any]] = field(default_factory=list)
    #: What its process took: `cpuSeconds`, and `peakBytes` of memory.
    usage: Mapping[str, float] = field(default_factory=dict)


def run_task(command: Sequence[str], start: Frame, rows: Iterable[Frame]) -> TaskResult:
    """Runs one task to its end: the start, the rows, and what comes of it.

    Raises Failure for data or options that cannot be learnt from, RuntimeError where the process itself fails: then Spark
    runs the task again.
    """
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
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
            raise RuntimeError(f"{' '.join(command)} ended with status {status}: {_end_of(log)}")
        return replace(result, usage=usage)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, Mapping[str, float]]:
    _, ended, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    facts = {"cpuSeconds": usage.ru_utime + usage.ru_stime, "peakBytes": usage.ru_maxrss * 1024}
    return process.returncode, facts


class _Feeder(threading.Thread):
    """Writes a task's frames; what goes wrong with the rows themselves is kept in `problem`."""

    def __init__(self, stream: BinaryIO, start: Frame, rows: Iterable[Frame]) -> None:
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
                    write_frame(self._stream, frame)
                write_frame(self._stream, Frame("end"))
        except BrokenPipeError:
            # The process has ended: its answer or its status say why.
            return
        except Exception as problem:
            self.problem = problem


def _outcome(stream: BinaryIO) -> TaskResult | None:
    epochs: list[Mapping[str, Any]] = []
    while (frame := read_frame(stream)) is not None:
        if frame.kind == "progress" and "loss" in frame.fields:
            epochs.append({name: frame.fields[name] for name in ("epoch", "epochs", "loss")})
        elif frame.kind == "result":
            return TaskResult(frame.tensors, epochs)
        elif frame.kind == "failed":
            code, message = str(frame.fields["code"]), str(frame.fields["message"])
            if code == "BAD_DATA":
                raise Failure(code, message)
            raise RuntimeError(message)
    return None


def _end_of(log: Any) -> str:
    log.seek(0, 2)
    log.seek(max(0, log.tell() - LOG_END_BYTES))
    return str(log.read().decode(errors="replace")).strip()
