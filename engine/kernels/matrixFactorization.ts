/** One epoch of matrix factorization by stochastic gradient descent; engine/src/models/matrixFactorization/reference.ts has the equations. */
import { dot } from './lib/dot.ts';
import { nextChunk } from './lib/queue.ts';
import { randomBelow, seedRandom, streamSeed } from './lib/random.ts';
import { nextFloat, nextWord, openSettings } from './lib/settings.ts';
import { logarithm, sigmoid4 } from './lib/sigmoid.ts';

/** A product of likelihoods below this goes into the sum of logarithms; one more factor leaves it a normal f64. */
const FLUSH_BELOW: f64 = 1e-200;

// The settings, which each thread reads into globals of its instance.
/** Words set to 0: the next chunk, and how many threads have begun. */
let queue: usize = 0;
let rows: usize = 0;
let samples: usize = 0;
let losses: usize = 0;
let userVectors: usize = 0;
let itemVectors: usize = 0;
let userBiases: usize = 0;
let itemBiases: usize = 0;
let globalBias: usize = 0;
let numRows: u32 = 0;
let chunkSize: u32 = 0;
let numItems: u32 = 0;
let groupSize: u32 = 0;
/** Of one row of vectors, padded with zeros to a multiple of 32. */
let rowBytes: usize = 0;
let learningRate: f32 = 0;
/** The share of a value that regularisation leaves at one sample: 1 − learning rate · λ. */
let keep: f32 = 0;
/** The same at a whole group, to first order: 1 − groupSize · learning rate · λ. */
let keepPerGroup: f32 = 0;
let scratch: usize = 0;
/** Of one thread. */
let scratchBytes: usize = 0;

// Scratch of this thread.
let ownUser: usize = 0;
let ownItems: usize = 0;
let ownSteps: usize = 0;

/**
 * Trains on all rows in the order given, chunk by chunk from the queue.
 *
 * Any number of threads may share an epoch; of two that change one vector at once, one may undo the other's step
 * (Niu et al., "Hogwild!", 2011).
 * @param seed of the epoch
 */
export function trainEpoch(settings: usize, seed: u32): void {
  configure(settings);
  ownUser = scratch + nextChunk(queue + 4) * scratchBytes;
  ownItems = ownUser + rowBytes;
  ownSteps = ownItems + (((groupSize + 3) >> 2) << 4);
  const numChunks = (numRows + chunkSize - 1) / chunkSize;
  for (let chunk = nextChunk(queue); chunk < numChunks; chunk = nextChunk(queue)) {
    seedRandom(streamSeed(seed, chunk));
    const start = chunk * chunkSize;
    store<f64>(losses + ((<usize>chunk) << 3), trainRows(start, min(start + chunkSize, numRows)));
  }
}

function configure(settings: usize): void {
  openSettings(settings);
  queue = nextWord();
  rows = nextWord();
  samples = nextWord();
  losses = nextWord();
  userVectors = nextWord();
  itemVectors = nextWord();
  userBiases = nextWord();
  itemBiases = nextWord();
  globalBias = nextWord();
  numRows = nextWord();
  chunkSize = nextWord();
  numItems = nextWord();
  groupSize = nextWord();
  rowBytes = nextWord();
  learningRate = nextFloat();
  keep = nextFloat();
  keepPerGroup = nextFloat();
  scratch = nextWord();
  scratchBytes = nextWord();
}

/**
 * Trains on rows[start … end − 1]; returns the sum of their negative log-likelihoods before each step, in nats.
 *
 * Exported so that it stays a function of its own: V8 exchanges slow first code for fast code only between calls.
 */
export function trainRows(start: u32, end: u32): f64 {
  const biasBefore = load<f32>(globalBias);
  let bias = biasBefore;
  let likelihood: f64 = 1;
  let loss: f64 = 0;
  // Locals: V8 reads a global anew at each use.
  const bytes = rowBytes;
  const items = ownItems;
  const steps = ownSteps;
  const gradient = ownUser;
  const groupBytes = (<usize>groupSize) << 2;
  const lastLane = steps + groupBytes - 4;
  for (let place = start; place < end; place++) {
    const sample = samples + ((<usize>load<u32>(rows + ((<usize>place) << 2))) << 3);
    const user = load<u32>(sample);
    const userRow = userVectors + <usize>user * bytes;
    const userBiasAt = userBiases + ((<usize>user) << 2);
    const userBias = load<f32>(userBiasAt);

    store<u32>(items, load<u32>(sample, 4));
    for (let index: u32 = 1; index < groupSize; index++) {
      store<u32>(items + ((<usize>index) << 2), randomBelow(numItems));
    }
    for (let index: usize = 0; index < groupBytes; index += 4) {
      const item = <usize>load<u32>(items + index);
      const score = dot(userRow, itemVectors + item * bytes, bytes);
      store<f32>(steps + index, score + (userBias + load<f32>(itemBiases + (item << 2)) + bias));
    }
    // The margin is the score of the observed item and minus the score of the others; the likelihood is σ(margin).
    store<f32>(steps, -load<f32>(steps));
    for (let at = steps; at <= lastLane; at += 16) {
      v128.store(at, sigmoid4(f32x4.neg(v128.load(at))));
    }
    let sumOfSteps: f32 = 0;
    for (let at = steps; at <= lastLane; at += 4) {
      const sampleLikelihood = load<f32>(at);
      likelihood *= <f64>sampleLikelihood;
      if (likelihood < FLUSH_BELOW) {
        loss -= logarithm(likelihood);
        likelihood = 1;
      }
      const size = learningRate * (1 - sampleLikelihood);
      const step = at === steps ? size : -size;
      store<f32>(at, step);
      sumOfSteps += step;
    }

    const keepUser = f32x4.splat(keepPerGroup);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(gradient + at, f32x4.mul(keepUser, v128.load(userRow + at)));
    }
    for (let index: usize = 0; index < groupBytes; index += 4) {
      const item = <usize>load<u32>(items + index);
      const step = load<f32>(steps + index);
      const biasAt = itemBiases + (item << 2);
      store<f32>(biasAt, keep * load<f32>(biasAt) + step);
      stepItem(itemVectors + item * bytes, userRow, gradient, step, keep, bytes);
    }
    for (let at: usize = 0; at < bytes; at += 16) v128.store(userRow + at, v128.load(gradient + at));
    store<f32>(userBiasAt, keepPerGroup * userBias + sumOfSteps);
    bias = keepPerGroup * bias + sumOfSteps;
  }
  // Other threads may have moved it too: all chunks' changes add up.
  store<f32>(globalBias, load<f32>(globalBias) + (bias - biasBefore));
  return loss - logarithm(likelihood);
}

/** gradient += step · item, then item ← keep · item + step · user, over rows of `bytes` bytes. */
// @inline
function stepItem(item: usize, user: usize, gradient: usize, step: f32, keepItem: f32, bytes: usize): void {
  const scale = f32x4.splat(step);
  const kept = f32x4.splat(keepItem);
  for (let at: usize = 0; at < bytes; at += 32) {
    const first = v128.load(item + at);
    const second = v128.load(item + at, 16);
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), f32x4.mul(scale, first)));
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at, 16), f32x4.mul(scale, second)), 16);
    v128.store(item + at, f32x4.add(f32x4.mul(kept, first), f32x4.mul(scale, v128.load(user + at))));
    v128.store(item + at, f32x4.add(f32x4.mul(kept, second), f32x4.mul(scale, v128.load(user + at, 16))), 16);
  }
}
