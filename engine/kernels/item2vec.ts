/**
 * Skip-gram with negative sampling over histories: the loops of engine/src/models/item2vec/reference.ts, with the same random numbers.
 *
 * Rows are padded to a multiple of 16 bytes with zeros, which stay zeros. Threads share the vectors without locks
 * (Recht et al. 2011, "Hogwild!"); one thread is reproducible to the bit.
 */
import { addScaled, dot } from './lib/dot.ts';
import { nextChunk } from './lib/queue.ts';
import { randomBelow, seedRandom, streamSeed } from './lib/random.ts';
import { nextWord, openSettings } from './lib/settings.ts';
import { logarithm, sigmoid, sigmoid4 } from './lib/sigmoid.ts';

/** Below this a product of likelihoods goes into the loss, before it could underflow. */
const MIN_PRODUCT: f64 = 1e-60;

// The settings, as globals of the thread's own instance.
/** Words set to 0: the next chunk, and how many threads have begun. */
let counters: usize = 0;
let numHistories: u32 = 0;
let historiesPerChunk: u32 = 0;
let order: usize = 0;
let offsets: usize = 0;
let items: usize = 0;
let rates: usize = 0;
let losses: usize = 0;
let pairs: usize = 0;
let inVectors: usize = 0;
let outVectors: usize = 0;
let rowBytes: usize = 0;
let numItems: u32 = 0;
let window: u32 = 0;
let negatives: u32 = 0;
let sharedNegatives: bool = false;
let scratch: usize = 0;
/** Of one thread. */
let scratchBytes: usize = 0;

// What the thread is at.
let numTargets: u32 = 0;
/** Addresses of the targets' rows, the positive first. */
let targets: usize = 0;
/** One row. */
let inputGradient: usize = 0;
/** Likelihood of what was seen since it last went into `loss`. */
let product: f64 = 1;
/** Nats. */
let loss: f64 = 0;

function configure(settings: usize): void {
  openSettings(settings);
  counters = nextWord();
  numHistories = nextWord();
  historiesPerChunk = nextWord();
  order = nextWord();
  offsets = nextWord();
  items = nextWord();
  rates = nextWord();
  losses = nextWord();
  pairs = nextWord();
  inVectors = nextWord();
  outVectors = nextWord();
  rowBytes = nextWord();
  numItems = nextWord();
  window = nextWord();
  negatives = nextWord();
  sharedNegatives = nextWord() !== 0;
  scratch = nextWord();
  scratchBytes = nextWord();
}

/**
 * Trains on the histories order[0 … numHistories − 1], chunk by chunk; place p of the order has rate rates[p].
 * @param seed of the epoch
 */
export function trainEpoch(settings: usize, seed: u32): void {
  configure(settings);
  numTargets = 1 + negatives;
  inputGradient = scratch + nextChunk(counters + 4) * scratchBytes;
  targets = inputGradient + rowBytes;
  for (;;) {
    const first = nextChunk(counters) * historiesPerChunk;
    if (first >= numHistories) return;
    const end = min(first + historiesPerChunk, numHistories);
    for (let place = first; place < end; place++) {
      const user = load<u32>(order + (place << 2));
      const offset = offsets + (user << 2);
      seedRandom(streamSeed(seed, user));
      loss = 0;
      product = 1;
      const rate = load<f32>(rates + (place << 2));
      const numPairs = trainHistory(load<i32>(offset), load<i32>(offset, 4), rate);
      store<f64>(losses + (place << 3), loss - logarithm(product));
      store<f64>(pairs + (place << 3), f64(numPairs));
    }
  }
}

/** Trains on the history items[start … end − 1]; returns how many pairs it held. */
function trainHistory(start: i32, end: i32, rate: f32): i32 {
  let numPairs = 0;
  for (let position = start; position < end; position++) {
    const reach = 1 + i32(randomBelow(window));
    const last = min(end - 1, position + reach);
    let areDistinct = sharedNegatives && drawTargets(itemAt(position));
    for (let neighbour = max(start, position - reach); neighbour <= last; neighbour++) {
      if (neighbour === position) continue;
      if (!sharedNegatives) areDistinct = drawTargets(itemAt(position));
      const input = inVectors + itemAt(neighbour) * rowBytes;
      if (areDistinct && numTargets === 6) trainSix(input, rate);
      else trainOneByOne(input, rate);
      numPairs++;
    }
  }
  return numPairs;
}

/**
 * Fills `targets` as the reference draws: two rows a turn, different from each other and from the positive. Returns
 * whether the first six are all different.
 */
function drawTargets(positive: u32): bool {
  setTarget(0, positive);
  setTarget(1, negativeOtherThan(positive, positive));
  let drawn: u32 = 2;
  for (; drawn + 1 < numTargets; drawn += 2) {
    const negative = negativeOtherThan(positive, positive);
    setTarget(drawn, negative);
    setTarget(drawn + 1, negativeOtherThan(positive, negative));
  }
  if (drawn < numTargets) setTarget(drawn, negativeOtherThan(positive, positive));
  return areSixDistinct();
}

// @inline
function negativeOtherThan(positive: u32, other: u32): u32 {
  let drawn = randomBelow(numItems);
  while (drawn === positive || drawn === other) drawn = randomBelow(numItems);
  return drawn;
}

// @inline
function itemAt(position: i32): u32 {
  return load<u32>(items + (position << 2));
}

// @inline
function setTarget(place: u32, item: u32): void {
  store<u32>(targets + (place << 2), u32(outVectors + item * rowBytes));
}

// @inline
function target(place: u32): usize {
  return load<u32>(targets + (place << 2));
}

/** True if targets 1 to 5 are distinct rows, so that their steps may happen at once; pairs 2–3 and 4–5 differ already. */
// @inline
function areSixDistinct(): bool {
  const first = i32x4.splat(i32(target(1)));
  const rest = v128.load(targets, 8);
  const swapped = i8x16.shuffle(rest, rest, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  const crossed = i8x16.shuffle(rest, rest, 12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
  const equal = v128.or(v128.or(i32x4.eq(first, rest), i32x4.eq(swapped, rest)), i32x4.eq(crossed, rest));
  return !v128.any_true(equal);
}

/** One gradient step on log σ(input·target 0) + Σ log σ(−input·target k), each target in turn. */
function trainOneByOne(input: usize, rate: f32): void {
  memory.fill(inputGradient, 0, rowBytes);
  for (let place: u32 = 0; place < numTargets; place++) {
    const row = target(place);
    const sign: f32 = place === 0 ? 1 : -1;
    const likelihood = sigmoid(sign * dot(input, row, rowBytes));
    const step = sign * (1 - likelihood) * rate;
    addScaled(inputGradient, row, step, rowBytes);
    addScaled(row, input, step, rowBytes);
    product *= likelihood;
    flushProduct();
  }
  addScaled(input, inputGradient, 1, rowBytes);
}

/** The same on six different targets at once, with the input in registers. */
function trainSix(input: usize, rate: f32): void {
  const row0 = target(0);
  const row1 = target(1);
  const row2 = target(2);
  const row3 = target(3);
  const row4 = target(4);
  const row5 = target(5);
  let dot0 = f32x4.splat(0);
  let dot1 = f32x4.splat(0);
  let dot2 = f32x4.splat(0);
  let dot3 = f32x4.splat(0);
  let dot4 = f32x4.splat(0);
  let dot5 = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const value = v128.load(input + at);
    dot0 = f32x4.add(dot0, f32x4.mul(value, v128.load(row0 + at)));
    dot1 = f32x4.add(dot1, f32x4.mul(value, v128.load(row1 + at)));
    dot2 = f32x4.add(dot2, f32x4.mul(value, v128.load(row2 + at)));
    dot3 = f32x4.add(dot3, f32x4.mul(value, v128.load(row3 + at)));
    dot4 = f32x4.add(dot4, f32x4.mul(value, v128.load(row4 + at)));
    dot5 = f32x4.add(dot5, f32x4.mul(value, v128.load(row5 + at)));
  }
  const zero = f32x4.splat(0);
  // Lanes 2 and 3 of the second four are 0: their likelihood ½ is replaced by 1 below.
  const signs = f32x4.replace_lane(f32x4.splat(-1), 0, 1);
  const first = sigmoid4(f32x4.mul(signs, sumRows(dot0, dot1, dot2, dot3)));
  const second = sigmoid4(f32x4.neg(sumRows(dot4, dot5, zero, zero)));
  const one = f32x4.splat(1);
  multiplyProduct(first);
  multiplyProduct(i8x16.shuffle(second, one, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
  flushProduct();

  const rates = f32x4.splat(rate);
  const firstSteps = f32x4.mul(f32x4.mul(signs, f32x4.sub(one, first)), rates);
  const secondSteps = f32x4.mul(f32x4.sub(second, one), rates);
  const step0 = f32x4.splat(f32x4.extract_lane(firstSteps, 0));
  const step1 = f32x4.splat(f32x4.extract_lane(firstSteps, 1));
  const step2 = f32x4.splat(f32x4.extract_lane(firstSteps, 2));
  const step3 = f32x4.splat(f32x4.extract_lane(firstSteps, 3));
  const step4 = f32x4.splat(f32x4.extract_lane(secondSteps, 0));
  const step5 = f32x4.splat(f32x4.extract_lane(secondSteps, 1));
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const value = v128.load(input + at);
    let gradient = stepRow(row0 + at, step0, value);
    gradient = f32x4.add(gradient, stepRow(row1 + at, step1, value));
    gradient = f32x4.add(gradient, stepRow(row2 + at, step2, value));
    gradient = f32x4.add(gradient, stepRow(row3 + at, step3, value));
    gradient = f32x4.add(gradient, stepRow(row4 + at, step4, value));
    gradient = f32x4.add(gradient, stepRow(row5 + at, step5, value));
    v128.store(input + at, f32x4.add(value, gradient));
  }
}

/** Adds step · value to four numbers of a target's row; returns step times what they were. */
// @inline
function stepRow(at: usize, step: v128, value: v128): v128 {
  const old = v128.load(at);
  v128.store(at, f32x4.add(old, f32x4.mul(step, value)));
  return f32x4.mul(step, old);
}

/** The sums of the lanes of a, b, c and d. */
// @inline
function sumRows(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  const cd = f32x4.add(
    i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
    i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
  );
  return f32x4.add(
    i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
}

// @inline
function multiplyProduct(likelihoods: v128): void {
  const high = i8x16.shuffle(likelihoods, likelihoods, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  const two = f64x2.mul(f64x2.promote_low_f32x4(likelihoods), f64x2.promote_low_f32x4(high));
  product *= f64x2.extract_lane(two, 0) * f64x2.extract_lane(two, 1);
}

// @inline
function flushProduct(): void {
  if (product < MIN_PRODUCT) {
    loss -= logarithm(product);
    product = 1;
  }
}
