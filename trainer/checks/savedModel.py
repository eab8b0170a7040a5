"""Asks TensorFlow for the scores of exported SavedModels and compares them with the engine's.

    python trainer/checks/savedModel.py <cases.json>

The cases, one object per model: `folder` holds saved_model.pb; `pairs` has `userIds`, `movieIds` and the engine's
`probabilities`, row by row; `vectors` is a list of `userVector`, `movieIds` and `probabilities`.
Prints one JSON object per model with the greatest deviations; ends with 1 where one exceeds 1e-5.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-5
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
    worst = max(value for report in reports for value in report["deviations"].values())
    if not worst <= TOLERANCE:
        sys.exit(f"TensorFlow and the engine differ by {worst}, more than {TOLERANCE}")


if __name__ == "__main__":
    main()
