"""A task process that answers each user with one list of one entry, the number of its ratings."""

import sys
from pathlib import Path

import numpy as np

from pocketrocket_spark.frames import Frame, read_frame, write_frame

start = read_frame(sys.stdin.buffer)
assert start is not None
settings = start.fields["settings"]
assert Path(settings["catalogue"]).read_text() == "[]"
rows = read_frame(sys.stdin.buffer)
assert rows is not None
counts = np.diff(rows.tensors["offsets"]).astype("<i4")
result = {
    "offsets": np.arange(len(counts) + 1, dtype="<i4"),
    "movieIds": counts,
    "scores": np.ones(len(counts), "<f4"),
}
write_frame(sys.stdout.buffer, Frame("result", {}, result))
