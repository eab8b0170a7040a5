"""A task process for rounds that counts instead of training: what comes back shows who was given what, and how often."""

import sys

import numpy as np

from pocketrocket_spark.frames import Frame, read_frame, write_frame

start = read_frame(sys.stdin.buffer)
assert start is not None
settings = start.fields["settings"]
frames = []
while (frame := read_frame(sys.stdin.buffer)) is not None and frame.kind != "end":
    frames.append(frame)


def answer(kind: str, **content: object) -> None:
    write_frame(sys.stdout.buffer, Frame(kind, **content))  # type: ignore[arg-type]
    sys.stdout.buffer.flush()


if start.fields["task"] == "roundsModel":
    answer("result", tensors=start.tensors)
    sys.exit(0)
if settings["options"].get("fails"):
    answer("failed", fields={"code": "BAD_DATA", "message": "the loss is not finite"})
    sys.exit(1)

given = dict(start.tensors)
for frame in frames:
    if frame.kind == "partial":
        given |= frame.tensors
rows = [frame.tensors for frame in frames if frame.kind == "rows"]
num_users, num_items = settings["numUsers"], settings["numItems"]
users = np.concatenate([np.repeat(one["userIndex"], np.diff(one["offsets"])) for one in rows])
items = np.concatenate([one["itemIndices"] for one in rows])
seen = given.get("users.seen", np.zeros(num_users, "<f4")) + np.bincount(users, minlength=num_users)
before = given.get("items.seen", np.zeros(2 * num_items, "<f4")) / settings["numPartitions"]
first = given.get("random.first", np.array([settings["users"]["first"]], "<i4"))
assert first[0] == settings["users"]["first"]
assert settings["numRows"] == len(items)
done, up_to = settings["epochs"]["done"], settings["epochs"]["upTo"]
assert ("items.seen" in start.tensors) == (done > 0)
answer(
    "progress", fields={"epoch": up_to, "epochs": settings["options"]["epochs"], "loss": len(items) / up_to}
)
vectors = given.get("matrixFactorization.userVectors", given.get("users.start"))
answer(
    "result",
    tensors={
        "items.seen": (before + np.repeat(np.bincount(items, minlength=num_items), 2)).astype("<f4"),
        "network.share": np.array([len(items) / start.tensors["counts"].sum()], "<f8"),
        "users.seen": seen.astype("<f4"),
        "random.first": first,
        **({} if vectors is None else {"users.start": vectors.reshape(-1)}),
    },
)
