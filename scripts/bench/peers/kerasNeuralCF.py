"""NeuralCF in Keras on the samples and settings of a JSON file; the protocol is that of scripts/bench/kernels/peer.ts.

usage: kerasNeuralCF.py FILE
FILE holds {"numUsers", "numItems", "users": [...], "items": [...], "embeddingDim", "hiddenDims", "negatives", "epochs",
"learningRate", "threads", "seed"}; a user and an item in the same place have met.

Keras may choose its batch size: each of BATCH_SIZES is tried once, and the fastest is kept. Drawing negatives is not timed.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

BATCH_SIZES = (1024, 4096, 16384)

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
tf.config.threading.set_intra_op_parallelism_threads(job["threads"])
tf.config.threading.set_inter_op_parallelism_threads(job["threads"])
tf.keras.utils.set_random_seed(job["seed"])

per_positive = 1 + job["negatives"]
users = np.repeat(np.array(job["users"], dtype=np.int32), per_positive)
items = np.random.randint(job["numItems"], size=len(users), dtype=np.int32)
labels = np.zeros((len(users), 1), dtype=np.float32)
items[::per_positive] = job["items"]
labels[::per_positive] = 1


def build():
    """A matrix factorization and a perceptron added up, as engine/src/neuralCF.ts describes it."""
    dim = job["embeddingDim"]
    layers = tf.keras.layers
    user = tf.keras.Input(shape=(), dtype="int32")
    item = tf.keras.Input(shape=(), dtype="int32")
    user_row = layers.Embedding(job["numUsers"], 2 * dim)(user)
    item_row = layers.Embedding(job["numItems"], 2 * dim)(item)
    bias = layers.Embedding(job["numItems"], 1)(item)
    gmf = layers.Dot(axes=1)([user_row[:, :dim], item_row[:, :dim]])
    hidden = layers.Concatenate()([user_row[:, dim:], item_row[:, dim:]])
    for width in job["hiddenDims"]:
        hidden = layers.Dense(width, activation="relu")(hidden)
    logit = layers.Add()([gmf, bias, layers.Dense(1, use_bias=False)(hidden)])
    model = tf.keras.Model([user, item], logit)
    loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(optimizer=tf.keras.optimizers.Adam(job["learningRate"]), loss=loss)
    return model


model = build()


def seconds_for(batch_size, epochs):
    started = time.perf_counter()
    model.fit([users, items], labels, batch_size=batch_size, epochs=epochs, verbose=0)
    return time.perf_counter() - started


for batch_size in BATCH_SIZES:
    seconds_for(batch_size, 1)
best = min(BATCH_SIZES, key=lambda batch_size: seconds_for(batch_size, 1))
print("ready", flush=True)

for _ in sys.stdin:
    print(seconds_for(best, job["epochs"]), flush=True)
