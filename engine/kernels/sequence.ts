/**
 * The sequence model's training (engine/src/models/sequence/reference.ts says what it computes), in single precision.
 *
 * A batch is cut into shards, runs of its windows; each has a gradient of its own, to which its windows are added in their
 * order, and the shards' gradients are added in theirs. Which thread takes which shard makes no difference to the last bit.
 * A shard's windows go through the layers in tiles: as many, one behind the other, as a tile has tokens for. Each window is
 * padded to a multiple of 4 tokens, whose gradients are 0.
 */
import { addScaled, dot, sumLanes } from './lib/dot.ts';
import { multiply } from './lib/multiply.ts';
import { nextChunk } from './lib/queue.ts';
import { draws4, streamSeed } from './lib/random.ts';
import { nextFloat, nextWord, openSettings } from './lib/settings.ts';
import { exp4, log1p4, logarithm } from './lib/sigmoid.ts';
import {
  addNormBackward,
  addRows,
  addRowSums,
  attend,
  attendBackward,
  fillRows,
  looksRow,
  maxLanes,
  normaliseRows,
  rectify,
  rectifyBackward,
  transposeTo,
} from './lib/transformer.ts';

/** Shards of a batch: as many threads have work. */
const SHARDS: i32 = 4;
/** Rows of the item embeddings, and numbers of the network, that one thread steps at a time. */
const STEP_ROWS: i32 = 256;
const STEP_NUMBERS: i32 = 16384;
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;
const EPSILON: f32 = 1e-8;
/** The score of what does not count. */
const NONE: f32 = -1e30;

// The settings: sizes, then addresses.
let numItems: i32 = 0;
let d: i32 = 0;
let length: i32 = 0;
let blocks: i32 = 0;
let heads: i32 = 0;
let h: i32 = 0;
let gapSlots: i32 = 0;
let ratingSlots: i32 = 0;
/** 0 where distances are not read. */
let distanceColumns: i32 = 0;
let numNetwork: i32 = 0;
let negatives: i32 = 0;
let batchSize: i32 = 0;
let tileTokens: i32 = 0;
let isBinary: i32 = 0;
/** gBCE's β. */
let power: f32 = 0;
let dropout: f32 = 0;
let dropoutThreshold: u32 = 0;
let workspaceLength: i32 = 0;
let counters: usize = 0;
let itemOfRow: usize = 0;
let gapOfRow: usize = 0;
let ratingOfRow: usize = 0;
/** Of the epoch's windows. */
let starts: usize = 0;
let lengths: usize = 0;
/** Of its batches. */
let shardStarts: usize = 0;
let seeds: usize = 0;
let scales: usize = 0;
let rates: usize = 0;
let averagings: usize = 0;
let negativeItems: usize = 0;
let corrections: usize = 0;
/** [batches × SHARDS] */
let losses: usize = 0;
/** Values, then first and second moments, then averages. */
let items: usize = 0;
let itemsFirst: usize = 0;
let itemsSecond: usize = 0;
let itemsAverage: usize = 0;
let network: usize = 0;
let networkFirst: usize = 0;
let networkSecond: usize = 0;
let networkAverage: usize = 0;
/** [SHARDS × …] */
let itemGradients: usize = 0;
/** The step in which an item's gradient was last begun. */
let itemStamps: usize = 0;
let networkGradients: usize = 0;
let workspaces: usize = 0;

// Bytes of rows.
let row: usize = 0;
let hiddenRow: usize = 0;
/** Of the logits and the turned negatives: beside a power of two, so that a column does not fall on few cache lines. */
let logitRow: usize = 0;

// Places in the network; of its gradient after `enterShard`, at the same distance from `gradient`.
let positions: usize = 0;
let gaps: usize = 0;
let ratings: usize = 0;
let distances: usize = 0;
let attentionNorms: usize = 0;
let attentionInputs: usize = 0;
let attentionOutputs: usize = 0;
let hiddenNorms: usize = 0;
let hiddenWeights: usize = 0;
let hiddenBiases: usize = 0;
let outputWeights: usize = 0;
let outputBiases: usize = 0;
let lastNorm: usize = 0;

// This thread's workspace.
let attentionInputsTurned: usize = 0;
let attentionOutputsTurned: usize = 0;
let hiddenWeightsTurned: usize = 0;
let outputWeightsTurned: usize = 0;
let negativeRows: usize = 0;
let negativesTurned: usize = 0;
let negativeGradients: usize = 0;
let x: usize = 0;
let outputs: usize = 0;
let dx: usize = 0;
let dOutputs: usize = 0;
let dNormed: usize = 0;
let dProjected: usize = 0;
let dHidden: usize = 0;
let logits: usize = 0;
let turned: usize = 0;
let slopes: usize = 0;
let lastStandard: usize = 0;
let lastInverse: usize = 0;
/** Kept by each block for the way back, one block's behind the other's. */
let kept: usize = 0;
let keptBytes: usize = 0;
// [windows of a tile]
let tileStarts: usize = 0;
let tileLengths: usize = 0;
let tileFirsts: usize = 0;
let tileNumbers: usize = 0;

// The block that is computed.
let attentionStandard: usize = 0;
let attentionInverse: usize = 0;
let attentionNormed: usize = 0;
let projected: usize = 0;
let looks: usize = 0;
let attended: usize = 0;
let hiddenStandard: usize = 0;
let hiddenInverse: usize = 0;
let hiddenNormed: usize = 0;
let hidden: usize = 0;

// The shard and its tile.
let shard: i32 = 0;
let stamp: i32 = 0;
let gradient: usize = 0;
let numWindows: i32 = 0;
let numTokens: i32 = 0;
let stepSeed: u32 = 0;
let lossScale: f32 = 0;

/** The end of what {@link take} gave out. */
let taken: usize = 0;

/**
 * Computes the gradients of a batch's shards until none is left; every thread calls it.
 * @param step a number above those of all earlier batches
 */
export function addGradients(settings: usize, batch: i32, step: i32): void {
  configure(settings);
  shard = nextChunk(counters);
  if (shard >= SHARDS) return;
  enterWorkspace(nextChunk(counters + 4));
  stamp = step;
  stepSeed = load<u32>(seeds + ((<usize>batch) << 2));
  lossScale = load<f32>(scales + ((<usize>batch) << 2));
  negativeItems += (<usize>batch * <usize>negatives) << 2;
  corrections += (<usize>batch * <usize>negatives) << 2;
  prepareBatch();
  for (; shard < SHARDS; shard = nextChunk(counters)) addShard(batch);
}

/** Makes ready what all windows of a batch share: transposed weights, and the negatives' embeddings both ways. */
function prepareBatch(): void {
  for (let block = 0; block < blocks; block++) {
    const b = <usize>block;
    const square = <usize>d * row;
    const wide = <usize>d * hiddenRow;
    transposeTo(
      d,
      3 * d,
      attentionInputs + 3 * b * square,
      3 * row,
      attentionInputsTurned + 3 * b * square,
      row,
    );
    transposeTo(d, d, attentionOutputs + b * square, row, attentionOutputsTurned + b * square, row);
    transposeTo(d, h, hiddenWeights + b * wide, hiddenRow, hiddenWeightsTurned + b * wide, row);
    transposeTo(h, d, outputWeights + b * wide, row, outputWeightsTurned + b * wide, hiddenRow);
  }
  for (let k = 0; k < negatives; k++) {
    const item = load<i32>(negativeItems + ((<usize>k) << 2));
    copyRow(negativeRows + <usize>k * row, items + <usize>item * row, row);
  }
  transposeTo(negatives, d, negativeRows, row, negativesTurned, logitRow);
}

/** Exported so that it stays a function: V8 swaps in its fast code from call to call only. */
export function addShard(batch: i32): void {
  gradient = networkGradients + ((<usize>shard * <usize>numNetwork) << 2);
  memory.fill(gradient, 0, (<usize>numNetwork) << 2);
  memory.fill(negativeGradients, 0, <usize>negatives * row);
  const first = shardStarts + ((<usize>(batch * (SHARDS + 1) + shard)) << 2);
  const end = load<i32>(first, 4);
  let window = load<i32>(first);
  const firstOfBatch = batch * batchSize;
  let loss: f64 = 0;
  while (window < end) {
    window = fillTile(window, end, firstOfBatch);
    loss += trainTile();
  }
  for (let k = 0; k < negatives; k++) {
    const item = load<i32>(negativeItems + ((<usize>k) << 2));
    addRows(row, negativeGradients + <usize>k * row, gradientOfItem(item));
  }
  store<f64>(losses + ((<usize>(batch * SHARDS + shard)) << 3), loss);
}

/** Takes windows from `window` on, before `end`, as long as the tile has room; returns the first that it has none for. */
function fillTile(window: i32, end: i32, firstOfBatch: i32): i32 {
  numWindows = 0;
  numTokens = 0;
  for (; window < end; window++) {
    const word = (<usize>window) << 2;
    const n = load<i32>(lengths + word);
    const padded = roundUp4(n);
    if (numTokens + padded > tileTokens) break;
    const place = (<usize>numWindows) << 2;
    store<i32>(tileStarts + place, load<i32>(starts + word));
    store<i32>(tileLengths + place, n);
    store<i32>(tileFirsts + place, numTokens);
    store<i32>(tileNumbers + place, window - firstOfBatch);
    numTokens += padded;
    numWindows++;
  }
  return window;
}

/** Forward and back through a tile; returns the sum of its targets' losses. */
export function trainTile(): f64 {
  readInputs();
  drop(x, 0);
  for (let block = 0; block < blocks; block++) forwardBlock(block);
  normaliseRows(numTokens, row, x, lastNorm, lastStandard, lastInverse, outputs);
  const loss = lossOfTile();
  memory.fill(dx, 0, <usize>numTokens * row);
  addNormBackward(numTokens, row, dOutputs, lastStandard, lastInverse, lastNorm, gradientOf(lastNorm), dx);
  for (let block = blocks - 1; block >= 0; block--) backwardBlock(block);
  drop(dx, 0);
  addInputGradients();
  return loss;
}

/** √d times the item's embedding, and the embeddings of position, gap and rating. */
function readInputs(): void {
  const scale = f32x4.splat(Mathf.sqrt(<f32>d));
  for (let window = 0; window < numWindows; window++) {
    const n = lengthOf(window);
    const start = <usize>startOf(window);
    let to = x + <usize>firstOf(window) * row;
    for (let t = 0; t < n; t++) {
      const source = start + <usize>t;
      const item = items + <usize>load<i32>(itemOfRow + (source << 2)) * row;
      const position = positions + <usize>(n - 1 - t) * row;
      const gap = gaps + <usize>load<u8>(gapOfRow + source) * row;
      const rating = ratings + <usize>load<u8>(ratingOfRow + source) * row;
      for (let at: usize = 0; at < row; at += 16) {
        let sum = f32x4.add(f32x4.mul(scale, v128.load(item + at)), v128.load(position + at));
        if (gapSlots > 0) sum = f32x4.add(sum, v128.load(gap + at));
        if (ratingSlots > 0) sum = f32x4.add(sum, v128.load(rating + at));
        v128.store(to + at, sum);
      }
      to += row;
    }
    memory.fill(to, 0, <usize>(roundUp4(n) - n) * row);
  }
}

/** The way back from {@link readInputs}. */
function addInputGradients(): void {
  const scale = Mathf.sqrt(<f32>d);
  for (let window = 0; window < numWindows; window++) {
    const n = lengthOf(window);
    const start = <usize>startOf(window);
    let from = dx + <usize>firstOf(window) * row;
    for (let t = 0; t < n; t++) {
      const source = start + <usize>t;
      addScaled(gradientOfItem(load<i32>(itemOfRow + (source << 2))), from, scale, row);
      addRows(row, from, gradientOf(positions) + <usize>(n - 1 - t) * row);
      if (gapSlots > 0) addRows(row, from, gradientOf(gaps) + <usize>load<u8>(gapOfRow + source) * row);
      if (ratingSlots > 0) {
        addRows(row, from, gradientOf(ratings) + <usize>load<u8>(ratingOfRow + source) * row);
      }
      from += row;
    }
  }
}

/** Dropout of the tile's rows, the same at every call with one place (engine/src/models/sequence/dropout.ts). */
function drop(values: usize, place: u32): void {
  if (dropout === 0) return;
  const scale = f32x4.splat(<f32>1 / (<f32>1 - dropout));
  // Signed comparison of both sides less 2³¹ is unsigned comparison, for which there is no instruction everywhere.
  const least = i32x4.splat(<i32>(dropoutThreshold ^ 0x80000000));
  const flip = i32x4.splat(<i32>0x80000000);
  for (let window = 0; window < numWindows; window++) {
    const seed = streamSeed(streamSeed(stepSeed, load<u32>(tileNumbers + ((<usize>window) << 2))), place);
    const to = values + <usize>firstOf(window) * row;
    const bytes = <usize>lengthOf(window) * row;
    for (let at: usize = 0; at < bytes; at += 16) {
      const isKept = i32x4.ge_s(v128.xor(draws4(seed, <u32>(at >> 2)), flip), least);
      v128.store(to + at, v128.and(isKept, f32x4.mul(scale, v128.load(to + at))));
    }
  }
}

function forwardBlock(block: i32): void {
  enterBlock(block);
  const b = <usize>block;
  const square = <usize>d * row;
  const wide = <usize>d * hiddenRow;
  const n = numTokens;
  const norm = attentionNorms + 2 * b * row;
  normaliseRows(n, row, x, norm, attentionStandard, attentionInverse, attentionNormed);
  const inputs = attentionInputs + 3 * b * square;
  multiply(n, 3 * d, d, attentionNormed, row, 4, inputs, 3 * row, projected, 3 * row, false);
  const biases = distances + ((b * <usize>(heads * distanceColumns)) << 2);
  let look = looks;
  for (let window = 0; window < numWindows; window++) {
    const first = <usize>firstOf(window);
    const padded = roundUp4(lengthOf(window));
    attend(
      padded,
      0,
      d,
      heads,
      projected + 3 * first * row,
      biases,
      distanceColumns,
      look,
      turned,
      attended + first * row,
    );
    look += <usize>(heads * padded) * looksRow(padded);
  }
  // `dNormed` is free on the way forward.
  multiply(n, d, d, attended, row, 4, attentionOutputs + b * square, row, dNormed, row, false);
  drop(dNormed, 1 + 2 * block);
  addRows(<usize>n * row, dNormed, x);

  normaliseRows(n, row, x, hiddenNorms + 2 * b * row, hiddenStandard, hiddenInverse, hiddenNormed);
  fillRows(n, hiddenRow, hiddenBiases + b * hiddenRow, hidden);
  multiply(n, h, d, hiddenNormed, row, 4, hiddenWeights + b * wide, hiddenRow, hidden, hiddenRow, true);
  rectify(hidden, <usize>n * hiddenRow);
  fillRows(n, row, outputBiases + b * row, dNormed);
  multiply(n, d, h, hidden, hiddenRow, 4, outputWeights + b * wide, row, dNormed, row, true);
  drop(dNormed, 2 + 2 * block);
  addRows(<usize>n * row, dNormed, x);
}

/** The way back from {@link forwardBlock}: turns `dx`, of its output, into that of its input. */
function backwardBlock(block: i32): void {
  enterBlock(block);
  const b = <usize>block;
  const square = <usize>d * row;
  const wide = <usize>d * hiddenRow;
  const n = numTokens;
  // `dOutputs` is free from here on.
  copyRow(dOutputs, dx, <usize>n * row);
  drop(dOutputs, 2 + 2 * block);
  addRowSums(n, row, dOutputs, gradientOf(outputBiases) + b * row);
  const dWeights = gradientOf(outputWeights) + b * wide;
  multiply(h, d, n, hidden, 4, hiddenRow, dOutputs, row, dWeights, row, true);
  const outputTurned = outputWeightsTurned + b * wide;
  multiply(n, h, d, dOutputs, row, 4, outputTurned, hiddenRow, dHidden, hiddenRow, false);
  rectifyBackward(dHidden, hidden, <usize>n * hiddenRow);
  addRowSums(n, hiddenRow, dHidden, gradientOf(hiddenBiases) + b * hiddenRow);
  const dHiddenWeights = gradientOf(hiddenWeights) + b * wide;
  multiply(d, h, n, hiddenNormed, 4, row, dHidden, hiddenRow, dHiddenWeights, hiddenRow, true);
  const hiddenTurned = hiddenWeightsTurned + b * wide;
  multiply(n, d, h, dHidden, hiddenRow, 4, hiddenTurned, row, dNormed, row, false);
  const hiddenNorm = hiddenNorms + 2 * b * row;
  addNormBackward(n, row, dNormed, hiddenStandard, hiddenInverse, hiddenNorm, gradientOf(hiddenNorm), dx);

  copyRow(dOutputs, dx, <usize>n * row);
  drop(dOutputs, 1 + 2 * block);
  const dOut = gradientOf(attentionOutputs) + b * square;
  multiply(d, d, n, attended, 4, row, dOutputs, row, dOut, row, true);
  const outTurned = attentionOutputsTurned + b * square;
  multiply(n, d, d, dOutputs, row, 4, outTurned, row, dNormed, row, false);
  const biases = distances + ((b * <usize>(heads * distanceColumns)) << 2);
  let look = looks;
  for (let window = 0; window < numWindows; window++) {
    const first = <usize>firstOf(window);
    const padded = roundUp4(lengthOf(window));
    const from = first * row;
    attendBackward(
      padded,
      d,
      heads,
      dNormed + from,
      projected + 3 * from,
      distanceColumns,
      gradientOf(biases),
      look,
      attended + from,
      turned,
      slopes,
      dProjected + 3 * from,
    );
    look += <usize>(heads * padded) * looksRow(padded);
  }
  const dIn = gradientOf(attentionInputs) + 3 * b * square;
  multiply(d, 3 * d, n, attentionNormed, 4, row, dProjected, 3 * row, dIn, 3 * row, true);
  const inTurned = attentionInputsTurned + 3 * b * square;
  multiply(n, d, 3 * d, dProjected, 3 * row, 4, inTurned, row, dNormed, row, false);
  const norm = attentionNorms + 2 * b * row;
  addNormBackward(n, row, dNormed, attentionStandard, attentionInverse, norm, gradientOf(norm), dx);
}

/** The losses of the tile's targets, with the gradients of outputs, targets and negatives. */
function lossOfTile(): f64 {
  const n = numTokens;
  const width = row;
  multiply(n, negatives, d, outputs, row, 4, negativesTurned, logitRow, logits, logitRow, false);
  let loss: f64 = 0;
  // The target's own slope stands behind those of the negatives.
  const own = (<usize>negatives) << 2;
  for (let window = 0; window < numWindows; window++) {
    const start = <usize>startOf(window);
    const first = <usize>firstOf(window);
    const count = <usize>lengthOf(window);
    for (let t: usize = 0; t < count; t++) {
      const target = load<i32>(itemOfRow + ((start + t + 1) << 2));
      const scores = logits + (first + t) * logitRow;
      store<f32>(scores + own, dot(outputs + (first + t) * width, items + <usize>target * width, width));
      loss += isBinary ? binaryCrossEntropies(scores, target) : crossEntropy(scores, target);
    }
    const padding = <usize>roundUp4(<i32>count) - count;
    memory.fill(logits + (first + count) * logitRow, 0, padding * logitRow);
    memory.fill(dOutputs + (first + count) * width, 0, padding * width);
  }
  multiply(n, d, negatives, logits, logitRow, 4, negativeRows, row, dOutputs, row, false);
  multiply(negatives, d, n, logits, 4, logitRow, outputs, row, negativeGradients, row, true);
  for (let window = 0; window < numWindows; window++) {
    const start = <usize>startOf(window);
    const first = <usize>firstOf(window);
    const count = <usize>lengthOf(window);
    for (let t: usize = 0; t < count; t++) {
      const target = load<i32>(itemOfRow + ((start + t + 1) << 2));
      const slope = load<f32>(logits + (first + t) * logitRow + own);
      addScaled(dOutputs + (first + t) * width, items + <usize>target * width, slope, width);
      addScaled(gradientOfItem(target), outputs + (first + t) * width, slope, width);
    }
  }
  return loss;
}

/** −ln of the target's share of all eˣ; the scores become their slopes, scaled. */
function crossEntropy(scores: usize, target: i32): f64 {
  const end = (<usize>negatives) << 2;
  const targets = i32x4.splat(target);
  const none = f32x4.splat(NONE);
  const ownScore = load<f32>(scores + end);
  let most = f32x4.splat(ownScore);
  for (let at: usize = 0; at < end; at += 16) {
    const isTarget = i32x4.eq(v128.load(negativeItems + at), targets);
    const score = f32x4.add(v128.load(scores + at), v128.load(corrections + at));
    const counted = v128.bitselect(none, score, isTarget);
    v128.store(scores + at, counted);
    most = f32x4.max(most, counted);
  }
  const top = f32x4.splat(maxLanes(most));
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) {
    const score = v128.load(scores + at);
    const value = v128.and(f32x4.gt(score, none), exp4(f32x4.sub(score, top)));
    v128.store(scores + at, value);
    sums = f32x4.add(sums, value);
  }
  const difference = ownScore - f32x4.extract_lane(top, 0);
  const ownShare = f32x4.extract_lane(exp4(f32x4.splat(difference)), 0);
  const sum = sumLanes(sums) + ownShare;
  const factor = f32x4.splat(lossScale / sum);
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(scores + at, f32x4.mul(factor, v128.load(scores + at)));
  }
  // 1 − share by the others' sum: near 1 the share itself has lost the difference.
  store<f32>(scores + end, -lossScale * (sumLanes(sums) / sum));
  return logarithm(<f64>sum) - <f64>difference;
}

/** −β ln σ(target) − Σ ln (1 − σ(negative)); the scores become their slopes, scaled. */
function binaryCrossEntropies(scores: usize, target: i32): f64 {
  const end = (<usize>negatives) << 2;
  const targets = i32x4.splat(target);
  const one = f32x4.splat(1);
  const scale = f32x4.splat(lossScale);
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) {
    const isTarget = i32x4.eq(v128.load(negativeItems + at), targets);
    const score = f32x4.add(v128.load(scores + at), v128.load(corrections + at));
    const small = exp4(f32x4.neg(f32x4.abs(score)));
    const isPositive = f32x4.ge(score, f32x4.splat(0));
    const probability = f32x4.div(v128.bitselect(one, small, isPositive), f32x4.add(one, small));
    v128.store(scores + at, v128.andnot(f32x4.mul(scale, probability), isTarget));
    const loss = f32x4.add(f32x4.max(score, f32x4.splat(0)), log1p4(small));
    sums = f32x4.add(sums, v128.andnot(loss, isTarget));
  }
  const score = load<f32>(scores + end);
  const small4 = exp4(f32x4.splat(-abs(score)));
  const small = f32x4.extract_lane(small4, 0);
  const miss = (score >= 0 ? small : <f32>1) / (<f32>1 + small);
  store<f32>(scores + end, -lossScale * power * miss);
  const ownLoss = max<f32>(-score, 0) + f32x4.extract_lane(log1p4(small4), 0);
  return <f64>sumLanes(sums) + <f64>power * <f64>ownLoss;
}

/** The address of the shard's gradient of an item: zero at the item's first occurrence in the step. */
// @inline
function gradientOfItem(item: i32): usize {
  const place = <usize>shard * <usize>numItems + <usize>item;
  const address = itemGradients + place * row;
  if (load<i32>(itemStamps + (place << 2)) !== stamp) {
    store<i32>(itemStamps + (place << 2), stamp);
    memory.fill(address, 0, row);
  }
  return address;
}

/** Adds up the shards' gradients and takes Adam's step, piece by piece until none is left; every thread calls it. */
export function takeStep(settings: usize, batch: i32, step: i32): void {
  configure(settings);
  const rate = load<f32>(rates + ((<usize>batch) << 2));
  const averaging = load<f32>(averagings + ((<usize>batch) << 2));
  const itemPieces = (numItems + STEP_ROWS - 1) / STEP_ROWS;
  const networkPieces = (numNetwork + STEP_NUMBERS - 1) / STEP_NUMBERS;
  stamp = step;
  for (
    let piece = <i32>nextChunk(counters);
    piece < itemPieces + networkPieces;
    piece = nextChunk(counters)
  ) {
    if (piece < itemPieces) stepItems(piece * STEP_ROWS, rate, averaging);
    else stepNetwork((piece - itemPieces) * STEP_NUMBERS, rate, averaging);
  }
}

export function stepItems(first: i32, rate: f32, averaging: f32): void {
  const end = min(numItems, first + STEP_ROWS);
  const shardRows = <usize>numItems * row;
  const shardStamps = (<usize>numItems) << 2;
  for (let item = first; item < end; item++) {
    const from = <usize>item * row;
    const total = itemGradients + from;
    // The first shard's row gets the sum.
    let isBegun = false;
    for (let one: usize = 0; one < <usize>SHARDS; one++) {
      if (load<i32>(itemStamps + one * shardStamps + ((<usize>item) << 2)) !== stamp) continue;
      const source = total + one * shardRows;
      if (isBegun) addRows(row, source, total);
      else if (one > 0) copyRow(total, source, row);
      isBegun = true;
    }
    if (!isBegun) memory.fill(total, 0, row);
    adam(
      items + from,
      itemsFirst + from,
      itemsSecond + from,
      itemsAverage + from,
      total,
      row,
      rate,
      averaging,
    );
  }
}

export function stepNetwork(first: i32, rate: f32, averaging: f32): void {
  const from = (<usize>first) << 2;
  const bytes = (<usize>(min(numNetwork, first + STEP_NUMBERS) - first)) << 2;
  const total = networkGradients + from;
  for (let one: usize = 1; one < <usize>SHARDS; one++) {
    addRows(bytes, total + one * ((<usize>numNetwork) << 2), total);
  }
  adam(
    network + from,
    networkFirst + from,
    networkSecond + from,
    networkAverage + from,
    total,
    bytes,
    rate,
    averaging,
  );
}

/** Adam's step (Kingma & Ba 2015, algorithm 1); the rate holds the correction of the moments' bias. */
function adam(
  values: usize,
  first: usize,
  second: usize,
  average: usize,
  slopes: usize,
  bytes: usize,
  rate: f32,
  averaging: f32,
): void {
  const rate4 = f32x4.splat(rate);
  const averaging4 = f32x4.splat(averaging);
  for (let at: usize = 0; at < bytes; at += 16) {
    const slope = v128.load(slopes + at);
    const old = f32x4.mul(f32x4.splat(BETA1), v128.load(first + at));
    const m = f32x4.add(old, f32x4.mul(f32x4.splat(1 - BETA1), slope));
    const oldSquare = f32x4.mul(f32x4.splat(BETA2), v128.load(second + at));
    const v = f32x4.add(oldSquare, f32x4.mul(f32x4.splat(1 - BETA2), f32x4.mul(slope, slope)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const change = f32x4.div(f32x4.mul(rate4, m), f32x4.add(f32x4.sqrt(v), f32x4.splat(EPSILON)));
    const value = f32x4.sub(v128.load(values + at), change);
    v128.store(values + at, value);
    const mean = v128.load(average + at);
    v128.store(average + at, f32x4.add(mean, f32x4.mul(averaging4, f32x4.sub(value, mean))));
  }
}

/** `memory.copy` for short rows, for which V8's call is dear. */
// @inline
function copyRow(target: usize, source: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, v128.load(source + at));
}

// @inline
function roundUp4(n: i32): i32 {
  return (n + 3) & ~3;
}

/** Tokens of a window of the tile. */
// @inline
function lengthOf(window: i32): i32 {
  return load<i32>(tileLengths + ((<usize>window) << 2));
}

/** Its first row in the data. */
// @inline
function startOf(window: i32): i32 {
  return load<i32>(tileStarts + ((<usize>window) << 2));
}

/** Its first row in the tile. */
// @inline
function firstOf(window: i32): i32 {
  return load<i32>(tileFirsts + ((<usize>window) << 2));
}

/** The address at which the shard gathers the gradient of parameters of the network. */
// @inline
function gradientOf(parameters: usize): usize {
  return parameters - network + gradient;
}

function configure(settings: usize): void {
  openSettings(settings);
  numItems = nextWord();
  d = nextWord();
  length = nextWord();
  blocks = nextWord();
  heads = nextWord();
  h = nextWord();
  gapSlots = nextWord();
  ratingSlots = nextWord();
  distanceColumns = nextWord();
  numNetwork = nextWord();
  negatives = nextWord();
  batchSize = nextWord();
  tileTokens = nextWord();
  isBinary = nextWord();
  power = nextFloat();
  dropout = nextFloat();
  dropoutThreshold = nextWord();
  workspaceLength = nextWord();
  counters = nextWord();
  itemOfRow = nextWord();
  gapOfRow = nextWord();
  ratingOfRow = nextWord();
  starts = nextWord();
  lengths = nextWord();
  shardStarts = nextWord();
  seeds = nextWord();
  scales = nextWord();
  rates = nextWord();
  averagings = nextWord();
  negativeItems = nextWord();
  corrections = nextWord();
  losses = nextWord();
  items = nextWord();
  itemsFirst = nextWord();
  itemsSecond = nextWord();
  itemsAverage = nextWord();
  network = nextWord();
  networkFirst = nextWord();
  networkSecond = nextWord();
  networkAverage = nextWord();
  itemGradients = nextWord();
  itemStamps = nextWord();
  networkGradients = nextWord();
  workspaces = nextWord();
  row = (<usize>d) << 2;
  hiddenRow = (<usize>h) << 2;
  logitRow = (<usize>(negatives + 16)) << 2;
  taken = network;
  positions = take(length * d);
  gaps = take(gapSlots * d);
  ratings = take(ratingSlots * d);
  // Not the last: what reads and adds rows of them by fours may reach beyond the end.
  distances = take(blocks * heads * distanceColumns);
  attentionNorms = take(2 * blocks * d);
  attentionInputs = take(3 * blocks * d * d);
  attentionOutputs = take(blocks * d * d);
  hiddenNorms = take(2 * blocks * d);
  hiddenWeights = take(blocks * d * h);
  hiddenBiases = take(blocks * h);
  outputWeights = take(blocks * h * d);
  outputBiases = take(blocks * d);
  lastNorm = take(2 * d);
}

/** Takes the workspace of the thread of this number, laid out as its length is computed in kernel.ts. */
function enterWorkspace(thread: usize): void {
  const n = tileTokens;
  const looksOfToken = heads * ((length + 11) & ~7);
  taken = workspaces + thread * ((<usize>workspaceLength) << 2);
  attentionInputsTurned = take(3 * blocks * d * d);
  attentionOutputsTurned = take(blocks * d * d);
  hiddenWeightsTurned = take(blocks * d * h);
  outputWeightsTurned = take(blocks * d * h);
  negativeRows = take(negatives * d);
  negativesTurned = take(d * (negatives + 16));
  negativeGradients = take(negatives * d);
  x = take(n * d);
  outputs = take(n * d);
  dx = take(n * d);
  dOutputs = take(n * d);
  dNormed = take(n * d);
  dProjected = take(3 * n * d);
  dHidden = take(n * h);
  logits = take(n * (negatives + 16));
  turned = take((d / heads) * ((length + 11) & ~7));
  slopes = take(n * ((length + 11) & ~7));
  lastStandard = take(n * d);
  lastInverse = take(n);
  tileStarts = take(n);
  tileLengths = take(n);
  tileFirsts = take(n);
  tileNumbers = take(n);
  kept = taken;
  keptBytes = (<usize>(n * (8 * d + h + 2 + looksOfToken))) << 2;
}

/** Points to what a block keeps for the way back. */
function enterBlock(block: i32): void {
  const n = tileTokens;
  taken = kept + <usize>block * keptBytes;
  attentionStandard = take(n * d);
  attentionInverse = take(n);
  attentionNormed = take(n * d);
  projected = take(3 * n * d);
  attended = take(n * d);
  hiddenStandard = take(n * d);
  hiddenInverse = take(n);
  hiddenNormed = take(n * d);
  hidden = take(n * h);
  looks = taken;
}

// @inline
function take(words: i32): usize {
  const start = taken;
  taken += (<usize>words) << 2;
  return start;
}
