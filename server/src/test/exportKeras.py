"""Exports small NeuralCF models from Keras, as a person who knows only Keras would, and prints what they predict.

Usage: python exportKeras.py <models> <pairs>, both JSON. A model has folder, numUsers, numMovies (rows of the tables by id),
dtype (int32, int64, float32) and dimensions (1 or 2, of the inputs); a pair is [userId, movieId].
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np


def neural_cf(numUsers, numMovies, dtype, dimensions):
    shape = () if dimensions == 1 else (1,)
    user_id = keras.Input(shape=shape, name="userId", dtype=dtype)
    movie_id = keras.Input(shape=shape, name="movieId", dtype=dtype)

    def row(ids, rows):
        normal = keras.initializers.RandomNormal(stddev=1.0)
        table = keras.layers.Embedding(rows, 8, embeddings_initializer=normal)(ids)
        return table if dimensions == 1 else keras.layers.Flatten()(table)

    user, movie = row(user_id, numUsers), row(movie_id, numMovies)
    hidden = keras.layers.Dense(8, activation="relu")(keras.layers.Concatenate()([user, movie]))
    both = keras.layers.Concatenate()([keras.layers.Multiply()([user, movie]), hidden])
    return keras.Model([user_id, movie_id], keras.layers.Dense(1, activation="sigmoid")(both))


models, pairs = map(json.loads, sys.argv[1:])
keras.utils.set_random_seed(5)
predictions = []
for settings in models:
    folder = settings.pop("folder")
    model = neural_cf(**settings)
    model.export(folder, verbose=False)
    ids = np.array(pairs, dtype=settings["dtype"])
    columns = [ids[:, side] if settings["dimensions"] == 1 else ids[:, side : side + 1] for side in (0, 1)]
    predictions.append(model(columns).numpy()[:, 0].tolist())
print("predictions", json.dumps(predictions))
