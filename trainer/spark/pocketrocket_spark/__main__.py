"""`python -m pocketrocket_spark`: the driver, on stdin and stdout."""

import os
import signal
import sys
import traceback

from .driver import Driver, serve


def main() -> None:
    """Serves requests; whatever else prints on stdout goes to stderr, so that answers stay alone."""
    # A terminal sends its interrupt to every process of the command; the trainer decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    status = 1
    try:
        serve(sys.stdin, answers, Driver())
        status = 0
    except Exception:
        traceback.print_exc()
    # Threads of requests that nobody waits for any more must not keep the process.
    os._exit(status)


main()
