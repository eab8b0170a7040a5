import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fitNeuralCF,
  fitNeuralCFReference,
  groupByUser,
  neuralCFUserVector,
  randomInt,
  scoreNeuralCF,
  scoreNeuralCFReference,
  seededRandom,
  type Interactions,
  type NeuralCFOptions,
} from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { startPeer } from './peer.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow, BenchSide } from './rows.ts';

const OPTIONS: NeuralCFOptions = {
  embeddingDim: 32,
  hiddenDims: [32, 16],
  negatives: 4,
  epochs: 4,
  learningRate: 0.001,
  batchSize: 256,
};
const SEED = 1;
const NUM_USERS = 6000;
const NUM_ITEMS = 4000;
const NUM_INTERACTIONS = 80_000;
const NUM_CANDIDATES = 500;
/** Candidate lists scored at a time: one is too short to be timed. */
const SCORINGS = 100;

/**
 * NeuralCF at embedding 32, MLP 64 → 32 → 16 → 1 and 4 negatives: training on one thread and two, kernel against
 * reference and against Keras on as many threads; and the scoring of 500 candidates. The data are drawn by seed.
 */
export async function benchNeuralCF({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const data = drawInteractions();
  const fit = (threads: number) => () => void fitNeuralCF(data.grouped, OPTIONS, { seed: SEED, threads });
  const model = fitNeuralCF(data.grouped, { ...OPTIONS, epochs: 1 }, { seed: SEED });
  const random = seededRandom(SEED);
  const candidates = Int32Array.from({ length: NUM_CANDIDATES }, () => randomInt(random, NUM_ITEMS));
  const logits = new Float32Array(NUM_CANDIDATES);
  const userVector = neuralCFUserVector(model, 0);

  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-bench-'));
  const file = join(folder, 'keras.json');
  const { users, items } = data;
  const sizes = { numUsers: NUM_USERS, numItems: NUM_ITEMS, threads: 2, seed: SEED };
  await writeFile(file, JSON.stringify({ users, items, ...OPTIONS, ...sizes }));
  const keras = await startPeer('kerasNeuralCF.py', [file]);
  try {
    const seconds = await medianSeconds(
      {
        kernel1: fit(1),
        kernel2: fit(2),
        // Every epoch takes the reference as long as the first.
        reference: () =>
          OPTIONS.epochs *
          secondsOf(() => fitNeuralCFReference(data.grouped, { ...OPTIONS, epochs: 1 }, { seed: SEED })),
        keras: typeof keras === 'object' ? () => keras.run() : null,
        scoreKernel: perScoring(() => scoreNeuralCF(model, 0, candidates, logits)),
        scoreReference: perScoring(() => scoreNeuralCFReference(model, userVector, candidates, logits)),
      },
      rounds,
    );
    const samples = NUM_INTERACTIONS * (1 + OPTIONS.negatives) * OPTIONS.epochs;
    const work = { amount: samples, unit: 'samples' };
    const kernel1: BenchSide = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
    const kernel2: BenchSide = { name: 'kernel, 2 threads', seconds: seconds.kernel2 };
    const reference: BenchSide = { name: 'reference', seconds: seconds.reference };
    const kerasName = 'Keras, 2 threads';
    const kerasSide: BenchSide =
      typeof keras === 'string'
        ? { name: kerasName, notMeasured: keras }
        : { name: kerasName, seconds: seconds.keras };
    const scoring: [BenchSide, BenchSide] = [
      { name: 'kernel', seconds: seconds.scoreKernel },
      { name: 'reference', seconds: seconds.scoreReference },
    ];
    const what = `NeuralCF, embedding ${OPTIONS.embeddingDim}`;
    return [
      { what: `${what}, 1 thread`, work, sides: [kernel1, reference], atLeast: 12 },
      { what: `${what}, 2 threads`, work, sides: [kernel2, kernel1], atLeast: 1.7 },
      { what: `${what}, 2 threads`, work, sides: [kernel2, kerasSide], atLeast: 10 },
      { what: `${what}, ${NUM_CANDIDATES} candidates in under 0.3 ms`, sides: scoring, atLeast: 10 },
    ];
  } finally {
    if (typeof keras === 'object') await keras.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function secondsOf(action: () => unknown): number {
  const started = performance.now();
  action();
  return (performance.now() - started) / 1000;
}

/** A side that scores many times and returns the mean seconds of once. */
function perScoring(score: () => void): () => number {
  return () =>
    secondsOf(() => {
      for (let scoring = 0; scoring < SCORINGS; scoring++) score();
    }) / SCORINGS;
}

/** Distinct pairs of users, all alike, and items, of which few are popular. */
function drawInteractions(): { grouped: Interactions; users: number[]; items: number[] } {
  const random = seededRandom(SEED);
  const pairs = new Set<number>();
  while (pairs.size < NUM_INTERACTIONS) {
    const userIndex = randomInt(random, NUM_USERS);
    pairs.add(userIndex * NUM_ITEMS + Math.floor(NUM_ITEMS * random() ** 2));
  }
  const users = Array.from(pairs, (pair) => Math.floor(pair / NUM_ITEMS));
  const items = Array.from(pairs, (pair) => pair % NUM_ITEMS);
  const rows = {
    userIndices: Int32Array.from(users),
    itemIndices: Int32Array.from(items),
    ratings: new Float32Array(users.length).fill(4),
    timestamps: Float64Array.from(users, (_, row) => row),
  };
  return { grouped: groupByUser(rows, NUM_USERS, NUM_ITEMS), users, items };
}
