"""A task process that sends the rows back, or fails as the options of its start say."""

import os
import signal
import struct
import sys

import numpy as np

from pocketrocket_spark.frames import Frame, read_frame, write_frame

start = read_frame(sys.stdin.buffer)
assert start is not None
options = start.fields["settings"]["options"]
if options.get("ends"):
    print("at boot\nError: no kernels\n  at main\n\nNode.js v0", file=sys.stderr)
    sys.exit(3)
if options.get("isKilled"):
    if options["isKilled"] == "within":
        sys.stdout.buffer.write(struct.pack("<I", 100) + b"{")
        sys.stdout.buffer.flush()
    os.kill(os.getpid(), signal.SIGKILL)
if options.get("fails"):
    code = options["fails"]
    write_frame(sys.stdout.buffer, Frame("failed", {"code": code, "message": "the loss is not finite"}))
    sys.stdout.buffer.flush()
    sys.exit(1)
frames = []
while (frame := read_frame(sys.stdin.buffer)) is not None and frame.kind == "rows":
    frames.append(frame)
if frame is None and options.get("cutOff"):
    write_frame(sys.stdout.buffer, Frame("failed", {"code": "BAD_DATA", "message": "there was no end"}))
    sys.exit(1)
assert frame is not None
assert frame.kind == "end"
write_frame(sys.stdout.buffer, Frame("progress", {"epoch": 1, "epochs": 1, "loss": 0.25, "ndcgAt10": 0.5}))
order = np.argsort([frame.tensors["userIndex"][0] for frame in frames])
columns = {
    name: np.concatenate([frames[at].tensors[name] for at in order])
    for name in ("userIndex", "itemIndices", "ratings", "timestamps")
}
lengths = np.concatenate([np.diff(frames[at].tensors["offsets"]) for at in order]).astype("<i4")
init = {f"init.{name}": tensor for name, tensor in start.tensors.items()}
result = {**columns, "lengths": lengths, **init, "pid": np.array([os.getpid()], "<i4")}
write_frame(sys.stdout.buffer, Frame("result", {}, result))
