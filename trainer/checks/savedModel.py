"""Asks TensorFlow for the scores of exported SavedModels and compares them with the engine's.

    python trainer/checks/savedModel.py <cases.json>

The cases, one object per model: `folder` holds saved_model.pb; `pairs` has `userIds`, `movieIds` and the engine's
`probabilities`, row by row; `vectors` is a list of `userVector`, `movieIds` and `probabilities`; `nextItems`, where there is a
sequence model, a list of `history`, `movieIds` and `scores`.
Prints one JSON object per model with the greatest deviations; ends with 1 where one exceeds 1e-5, of a next item's score 1e-4.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-5
NEXT_ITEM = "next items"
TOLERANCES = {NEXT_ITEM: 1e-4}
BATCH_SIZES = [1, 500]


def describe(signature):
    """Names, types and shapes of a signature, as a client sees them."""
    inputs = signature.structured_input_signature[1]
    tensors = {**inputs, **signature.structured_outputs}
    return {name: [spec.dtype.name, spec.shape.as_list()] for name, spec in sorted(tensors.items())}


def deviation(found, expected):
    found = np.asarray(found)
    assert found.shape == (len(expected), 1), f"shape {found.shape} for {len(expected)} scores"
    assert np.isfinite(found).all(), "a probability is not finite"
    return float(np.max(np.abs(found[:, 0] - np.asarray(expected)), initial=0.0))


def check(case):
    model = tf.saved_model.load(case["folder"])
    by_ids = model.signatures["serving_default"]
    by_vector = model.signatures["user_vector"]

    pairs = case["pairs"]
    user_ids = tf.constant(pairs["userIds"], tf.int32)
    movie_ids = tf.constant(pairs["movieIds"], tf.int32)
    deviations = {}
    for size in [*BATCH_SIZES, len(pairs["userIds"])]:
        starts = range(0, len(pairs["userIds"]), size)
        batches = [
            by_ids(userId=user_ids[start : start + size], movieId=movie_ids[start : start + size])["probability"]
            for start in starts
        ]
        deviations[f"batches of {size}"] = deviation(np.concatenate(batches), pairs["probabilities"])
    # One user with many movies, as a client that ranks a list asks.
    of_first = [index for index, user_id in enumerate(pairs["userIds"]) if user_id == pairs["userIds"][0]]
    deviations["one user, many movies"] = deviation(
        by_ids(userId=user_ids[:1], movieId=tf.gather(movie_ids, of_first))["probability"],
        [pairs["probabilities"][index] for index in of_first],
    )
    deviations["user vectors"] = max(
        deviation(
            by_vector(
                userVector=tf.constant([one["userVector"]], tf.float32),
                movieId=tf.constant(one["movieIds"], tf.int32),
            )["probability"],
            one["probabilities"],
        )
        for one in case["vectors"]
    )
    if case.get("nextItems"):
        next_item = model.signatures["next_item"]
        deviations[NEXT_ITEM] = max(
            deviation(
                next_item(
                    history=tf.constant([one["history"]], tf.int32, [1, len(one["history"])]),
                    movieId=tf.constant(one["movieIds"], tf.int32),
                )["score"],
                one["scores"],
            )
            for one in case["nextItems"]
        )
    return {
        "folder": case["folder"],
        "signatures": {name: describe(signature) for name, signature in sorted(model.signatures.items())},
        "pairs": len(pairs["userIds"]),
        "vectors": len(case["vectors"]),
        "deviations": deviations,
    }


def main():
    with open(sys.argv[1], encoding="utf8") as file:
        cases = json.load(file)
    reports = [check(case) for case in cases]
    for report in reports:
        print(json.dumps(report))
    for report in reports:
        for name, value in report["deviations"].items():
            tolerance = TOLERANCES.get(name, TOLERANCE)
            if not value <= tolerance:
                sys.exit(f"{name}: TensorFlow and the engine differ by {value}, more than {tolerance}")


if __name__ == "__main__":
    main()
