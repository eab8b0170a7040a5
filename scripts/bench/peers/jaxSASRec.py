"""SASRec in JAX on the CPU (Kang & McAuley 2018, pre-norm, softmax over the target and negatives shared by the batch).

usage: jaxSASRec.py FILE
       jaxSASRec.py --train CSV --holdout CSV [--minutes N] [--refit] [--seed N]

FILE holds {"windows": [[item, ...], ...], "numItems", "length", "dim", "blocks", "heads", "hiddenDim", "negatives", "dropout",
"learningRate", "epochs", "threads", "seed", "bucketed"}; a window has one item more than it has targets. The protocol is that
of scripts/bench/kernels/peer.ts. Each of BATCH_SIZES is tried, and the fastest is kept.

With --train and --holdout it measures quality, on files as `npm run trainer -- split --protocol last-out` writes them. The
latest row of each user is taken from the training rows, by which the fit is stopped: after ten evaluations without gain in
NDCG@10 among the whole catalogue, or after --minutes. The held-out rows are ranked once, after all training rows. With --refit
also by a model of as many epochs on all training rows.
"""

import argparse
import csv
import functools
import json
import math
import os
import sys
import time

BATCH_SIZES = (32, 128)
# Rows bucketed by length are padded to the next multiple of it.
BUCKET_STEP = 25
QUALITY = {
    "length": 200,
    "dim": 64,
    "blocks": 2,
    "heads": 1,
    "hiddenDim": 64,
    "negatives": 256,
    "dropout": 0.2,
    "learningRate": 1e-3,
    "threads": 2,
}
QUALITY_BATCH = 32
EPOCHS_BETWEEN_EVALUATIONS = 2
PATIENCE = 10
MOST_EPOCHS = 400


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?")
    parser.add_argument("--train")
    parser.add_argument("--holdout")
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--refit", action="store_true")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    if options.file:
        with open(options.file, encoding="utf-8") as file:
            serve_bench(json.load(file))
    elif options.train and options.holdout:
        measure_quality(options)
    else:
        parser.error("give a FILE, or --train and --holdout")


def serve_bench(job):
    start_jax(job["threads"])
    windows = [window for window in job["windows"] if len(window) > 1]
    fits = {}
    for batch_size in BATCH_SIZES:
        fits[batch_size] = SASRec(job, job["seed"])
        fits[batch_size].train_epoch(windows, batch_size, job["bucketed"])

    def seconds_for(batch_size, epochs):
        started = time.perf_counter()
        for _ in range(epochs):
            fits[batch_size].train_epoch(windows, batch_size, job["bucketed"])
        return time.perf_counter() - started

    best = min(BATCH_SIZES, key=lambda batch_size: seconds_for(batch_size, 1))
    print("ready", flush=True)
    for _ in sys.stdin:
        print(seconds_for(best, job["epochs"]), flush=True)


def measure_quality(options):
    start_jax(QUALITY["threads"])
    train, held_out, num_items = read_split(options.train, options.holdout)
    shape = {**QUALITY, "numItems": num_items}
    inner = {user: rows[:-1] for user, rows in train.items() if len(rows) > 1}
    inner_held_out = {user: train[user][-1] for user in inner}
    windows = windows_of(inner, shape["length"])

    model = SASRec(shape, options.seed)
    best = {"ndcgAt10": -1.0, "epoch": 0, "parameters": model.parameters}
    without_gain = 0
    started = time.perf_counter()
    for epoch in range(1, MOST_EPOCHS + 1):
        loss = model.train_epoch(windows, QUALITY_BATCH, bucketed=True)
        minutes = (time.perf_counter() - started) / 60
        is_late = minutes >= options.minutes
        if epoch % EPOCHS_BETWEEN_EVALUATIONS != 0 and not is_late:
            continue
        found = model.measure(inner, inner_held_out)
        tell("inner split", epoch=epoch, loss=loss, minutes=minutes, **found)
        if found["ndcgAt10"] > best["ndcgAt10"]:
            best = {"ndcgAt10": found["ndcgAt10"], "epoch": epoch, "parameters": model.copied()}
            without_gain = 0
        else:
            without_gain += 1
        if without_gain == PATIENCE or is_late:
            break

    model.parameters = best["parameters"]
    tell_holdout("holdout, fitted on the inner split", model, train, held_out, best["epoch"])
    if options.refit:
        model = SASRec(shape, options.seed)
        windows = windows_of(train, shape["length"])
        for _ in range(best["epoch"]):
            model.train_epoch(windows, QUALITY_BATCH, bucketed=True)
        tell_holdout("holdout, fitted on all training rows", model, train, held_out, best["epoch"])


def tell_holdout(what, model, train, held_out, epochs):
    items = {user: row for user, row in held_out.items() if user in train}
    timed = {user: row for user, row in items.items() if not any(math.isnan(at) for at, _ in [*train[user], row])}
    tell(what, users="all", epochs=epochs, **model.measure(train, items))
    tell(what, users="all times known", epochs=epochs, **model.measure(train, timed))


def tell(what, **figures):
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
    print(json.dumps({"what": what, **rounded}), flush=True)


def read_split(train_file, holdout_file):
    """The rows of each user, oldest first, as (time, item); the held-out row of each; the number of items in either."""
    items = {}

    def rows_of(path):
        with open(path, encoding="utf-8", newline="") as file:
            rows = {}
            for row in csv.DictReader(file):
                item = items.setdefault(row["movieId"], len(items))
                at = float(row["timestamp"]) if row["timestamp"] else math.nan
                rows.setdefault(row["userId"], []).append((at, item))
        # Rows without a time come first; equal times keep the file's order.
        return {user: sorted(own, key=lambda row: -math.inf if math.isnan(row[0]) else row[0]) for user, own in rows.items()}

    train = rows_of(train_file)
    held_out = rows_of(holdout_file)
    if any(len(rows) != 1 for rows in held_out.values()):
        sys.exit(f"{holdout_file}: more than one row of a user; make the files with --protocol last-out")
    return train, {user: rows[0] for user, rows in held_out.items()}, len(items)


def windows_of(histories, length):
    """Each user's latest items, one more than the model reads."""
    return [[item for _, item in rows[-length - 1 :]] for rows in histories.values() if len(rows) > 1]


def start_jax(threads):
    """Imports what counts the cores as it starts."""
    global jax, jnp, np, optax
    os.environ["NPROC"] = str(threads)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import jax.numpy as jnp
    import numpy as np
    import optax

    # Random numbers by Philox, several times as fast as the default on a CPU.
    jax.config.update("jax_default_prng_impl", "rbg")


class SASRec:
    """A model with the state of its fit."""

    def __init__(self, shape, seed):
        self.shape = shape
        self.random = np.random.default_rng(seed)
        self.key = jax.random.key(seed)
        self.parameters = initial_parameters(shape, self.random)
        self.optimiser = optax.adam(shape["learningRate"], b2=0.98)
        self.moments = self.optimiser.init(self.parameters)
        self.step = jax.jit(functools.partial(train_step, shape, self.optimiser), donate_argnums=(0, 1))
        self.encode = jax.jit(functools.partial(latest_vectors, shape))

    def copied(self):
        """The parameters as they are now: a step overwrites those that it was given."""
        return jax.tree.map(jnp.copy, self.parameters)

    def train_epoch(self, windows, batch_size, bucketed):
        """One step for each batch of windows, drawn without replacement; the mean loss of a target."""
        losses = []
        targets = 0
        for tokens in self.batches(windows, batch_size, bucketed):
            self.key, key = jax.random.split(self.key)
            negatives = self.random.integers(self.shape["numItems"], size=self.shape["negatives"], dtype=np.int32)
            self.parameters, self.moments, loss = self.step(self.parameters, self.moments, tokens, negatives, key)
            losses.append(loss)
            targets += np.count_nonzero(tokens[:, :-1] >= 0)
        return float(sum(float(loss) for loss in losses)) / targets

    def batches(self, windows, batch_size, bucketed):
        """[rows × width + 1] items, −1 in front of shorter windows; rows of a bucket are as many in every batch."""
        length = self.shape["length"]
        buckets = {}
        for place in self.random.permutation(len(windows)):
            targets = len(windows[place]) - 1
            width = min(length, BUCKET_STEP * math.ceil(targets / BUCKET_STEP)) if bucketed else length
            buckets.setdefault(width, []).append(windows[place])
        batches = []
        for width, rows in buckets.items():
            # As even as they can be: so there are few empty rows, and each width is compiled once.
            per_batch = math.ceil(len(rows) / math.ceil(len(rows) / batch_size))
            for start in range(0, len(rows), per_batch):
                tokens = np.full((per_batch, width + 1), -1, dtype=np.int32)
                for row, window in zip(tokens, rows[start : start + per_batch]):
                    row[-len(window) :] = window
                batches.append(tokens)
        self.random.shuffle(batches)
        return batches

    def measure(self, histories, held_out, batch_size=256):
        """Means over users of the held-out item's place in the catalogue less what the user has seen; ties count against it."""
        length = self.shape["length"]
        embeddings = np.asarray(self.parameters["items"])
        # Long and short histories apart, so that few are padded far.
        users = sorted(held_out, key=lambda user: len(histories[user]))
        hits, gains, within500 = 0, 0.0, 0
        for start in range(0, len(users), batch_size):
            part = users[start : start + batch_size]
            longest = min(length, len(histories[part[-1]]))
            width = min(length, BUCKET_STEP * math.ceil(longest / BUCKET_STEP))
            tokens = np.full((batch_size, width), -1, dtype=np.int32)
            for row, user in zip(tokens, part):
                latest = [item for _, item in histories[user][-width:]]
                row[-len(latest) :] = latest
            scores = np.asarray(self.encode(self.parameters, tokens)) @ embeddings.T
            for row, user in zip(scores, part):
                target = held_out[user][1]
                own = row[target]
                row[[item for _, item in histories[user]]] = -np.inf
                row[target] = -np.inf
                place = np.count_nonzero(row >= own)
                hits += place < 10
                gains += 1 / math.log2(place + 2) if place < 10 else 0
                within500 += place < 500
        count = len(users)
        return {
            "hitRateAt10": hits / count,
            "ndcgAt10": gains / count,
            "recallAt500": within500 / count,
            "numUsers": count,
        }


def initial_parameters(shape, random):
    dim, hidden = shape["dim"], shape["hiddenDim"]

    def gaussian(*size):
        return jnp.asarray(random.normal(0, 0.02, size), dtype=jnp.float32)

    def dense(rows, columns):
        bound = math.sqrt(6 / (rows + columns))
        return jnp.asarray(random.uniform(-bound, bound, (rows, columns)), dtype=jnp.float32)

    def norm():
        return {"scale": jnp.ones(dim), "shift": jnp.zeros(dim)}

    blocks = [
        {
            "attentionNorm": norm(),
            "queriesKeysValues": jnp.concatenate([dense(dim, dim) for _ in range(3)], axis=1),
            "attentionOutput": dense(dim, dim),
            "hiddenNorm": norm(),
            "hidden": dense(dim, hidden),
            "hiddenBias": jnp.zeros(hidden),
            "output": dense(hidden, dim),
            "outputBias": jnp.zeros(dim),
        }
        for _ in range(shape["blocks"])
    ]
    return {
        "items": gaussian(shape["numItems"], dim),
        "positions": gaussian(shape["length"], dim),
        "blocks": blocks,
        "lastNorm": norm(),
    }


def train_step(shape, optimiser, parameters, moments, tokens, negatives, key):
    def mean_loss(parameters):
        total, count = summed_loss(shape, parameters, tokens, negatives, key)
        return total / count, total

    gradient, total = jax.grad(mean_loss, has_aux=True)(parameters)
    updates, moments = optimiser.update(gradient, moments)
    return optax.apply_updates(parameters, updates), moments, total


def summed_loss(shape, parameters, tokens, negatives, key):
    """Cross-entropy of each next item against the negatives, less those that are the item itself; and of how many."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    items = parameters["items"]
    outputs = forward(shape, parameters, inputs, key)
    own = jnp.sum(outputs * items[jnp.maximum(targets, 0)], axis=-1)
    others = outputs @ items[negatives].T
    others = jnp.where(negatives == targets[..., None], -jnp.inf, others)
    losses = jnp.logaddexp(own, jax.nn.logsumexp(others, axis=-1)) - own
    is_target = inputs >= 0
    return jnp.sum(jnp.where(is_target, losses, 0)), jnp.sum(is_target)


def latest_vectors(shape, parameters, tokens):
    return forward(shape, parameters, tokens, None)[:, -1]


def forward(shape, parameters, tokens, key):
    """[rows × width × dim]; key: of the dropout, none where it is not given."""
    dim, heads = shape["dim"], shape["heads"]
    rows, width = tokens.shape
    keys = iter(jax.random.split(key, 1 + 2 * shape["blocks"])) if key is not None else None

    def drop(x):
        if keys is None:
            return x
        # A byte for each number: 32 bits would take a tenth of all time more.
        kept = round(256 * (1 - shape["dropout"]))
        return jnp.where(jax.random.bits(next(keys), x.shape, jnp.uint8) < kept, x * (256 / kept), 0)

    is_item = tokens >= 0
    x = math.sqrt(dim) * parameters["items"][jnp.maximum(tokens, 0)] + parameters["positions"][-width:]
    x = drop(x)
    sees = jnp.tril(jnp.ones((width, width), bool)) & is_item[:, None, None, :]
    for block in parameters["blocks"]:
        projected = normalised(x, block["attentionNorm"]) @ block["queriesKeysValues"]
        queries, keys_, values = (
            part.reshape(rows, width, heads, dim // heads).swapaxes(1, 2) for part in jnp.split(projected, 3, axis=-1)
        )
        looks = queries @ keys_.swapaxes(2, 3) / math.sqrt(dim // heads)
        # Not −∞: what stands before a history's first item sees nothing.
        looks = jax.nn.softmax(jnp.where(sees, looks, -1e9), axis=-1)
        attended = (looks @ values).swapaxes(1, 2).reshape(rows, width, dim)
        x = x + drop(attended @ block["attentionOutput"])
        hidden = jax.nn.relu(normalised(x, block["hiddenNorm"]) @ block["hidden"] + block["hiddenBias"])
        x = x + drop(hidden @ block["output"] + block["outputBias"])
    return normalised(x, parameters["lastNorm"])


def normalised(x, norm):
    centred = x - jnp.mean(x, axis=-1, keepdims=True)
    variance = jnp.mean(centred * centred, axis=-1, keepdims=True)
    return centred * jax.lax.rsqrt(variance + 1e-6) * norm["scale"] + norm["shift"]


if __name__ == "__main__":
    main()
