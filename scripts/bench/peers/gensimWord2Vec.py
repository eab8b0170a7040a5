"""gensim's Word2Vec on the histories and settings of a JSON file; the protocol is that of scripts/bench/kernels/peer.ts.

usage: gensimWord2Vec.py FILE
FILE holds {"histories": [[item, ...], ...], "dim", "window", "negatives", "epochs", "learningRate", "threads", "seed"}.
"""

import json
import sys
import time

from gensim.models.word2vec import FAST_VERSION, Word2Vec

if FAST_VERSION < 0:
    sys.exit("gensim was installed without its compiled code; install it where it finds a wheel or a C compiler")

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
sentences = [[str(item) for item in history] for history in job["histories"]]

# Skip-gram with uniform negatives and without subsampling, as engine/src/item2vec.ts trains.
model = Word2Vec(
    vector_size=job["dim"],
    window=job["window"],
    sg=1,
    hs=0,
    negative=job["negatives"],
    ns_exponent=0,
    sample=0,
    min_count=1,
    alpha=job["learningRate"],
    min_alpha=job["learningRate"] * 1e-4,
    workers=job["threads"],
    seed=job["seed"],
)
model.build_vocab(sentences)
print("ready", flush=True)

for _ in sys.stdin:
    started = time.perf_counter()
    model.train(sentences, total_examples=len(sentences), epochs=job["epochs"])
    print(time.perf_counter() - started, flush=True)
