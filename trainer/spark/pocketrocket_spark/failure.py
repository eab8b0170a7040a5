"""Failures that are expected: a stable code, and one line that says what happened and what to do."""

from typing import Any


class Failure(Exception):
    """An expected failure, with a code of `runtime/src/errors.ts`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["Failure"], tuple[str, str]]:
        # Executors hand it to the driver pickled.
        return Failure, (self.code, self.message)


def causes_of(error: BaseException) -> list[str]:
    """What an error says in one line, and what the Java errors behind it say, the first cause last."""
    # Py4J's own errors hold the Java one as such, those that PySpark has made of them as their origin.
    java: Any = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    lines = [f"{type(error).__name__}: {error}"]
    while java is not None:
        lines.append(str(java.toString()))
        java = java.getCause()
    return [line.strip().splitlines()[0] for line in lines]
