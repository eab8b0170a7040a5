/**
 * NeuralCF's training (engine/src/models/neuralCF/reference.ts says what it computes), tile by tile of a batch.
 *
 * Sizes are padded: embeddings (d) and hidden layers (h1, h2) to multiples of 8 whose additional weights are 0 and stay
 * 0, since their inputs and gradients are. An item's row is its GMF part, its MLP part, its bias and three zeros.
 * Gradients of embeddings are kept for the rows of the batch only, found by stamps; threads share parameters and moments
 * without locks (Hogwild, Niu et al. 2011), everything else they have for themselves.
 */
import { addScaled, dot } from './lib/dot.ts';
import { multiply, transpose } from './lib/multiply.ts';
import { nextChunk } from './lib/queue.ts';
import { randomBelow, seedRandom } from './lib/random.ts';
import { nextWord, openSettings } from './lib/settings.ts';
import { exp4, log1p4 } from './lib/sigmoid.ts';

// The settings: sizes, then addresses.
let numItems: i32 = 0;
let numRows: i32 = 0;
let numBatches: i32 = 0;
let batchSize: i32 = 0;
let negatives: i32 = 0;
let d: i32 = 0;
let h1: i32 = 0;
let h2: i32 = 0;
/** Interactions in a tile and the most samples they make, both rounded up to a multiple of 4. */
let tileGroups: i32 = 0;
let tileSamples: i32 = 0;
let numDense: i32 = 0;
let counters: usize = 0;
let userOffsets: usize = 0;
let sortedItems: usize = 0;
let hasUnseen: usize = 0;
let itemOfRow: usize = 0;
let userOfRow: usize = 0;
let rowOrder: usize = 0;
let seeds: usize = 0;
let rates: usize = 0;
let losses: usize = 0;
let counts: usize = 0;
/** Values, then first moments, then second ones. */
let users: usize = 0;
let usersFirst: usize = 0;
let usersSecond: usize = 0;
let items: usize = 0;
let itemsFirst: usize = 0;
let itemsSecond: usize = 0;
let dense: usize = 0;
let denseFirst: usize = 0;
let denseSecond: usize = 0;
/** Of every thread, in that order: [threads × …]. */
let userStamps: usize = 0;
let userSlots: usize = 0;
let itemStamps: usize = 0;
let itemSlots: usize = 0;
let touchedUsers: usize = 0;
let touchedItems: usize = 0;
let userGradients: usize = 0;
let itemGradients: usize = 0;
let workspaces: usize = 0;
let numUsers: i32 = 0;
let workspaceLength: i32 = 0;

// Bytes of rows and of halves of rows.
let userBytes: usize = 0;
let itemBytes: usize = 0;
let halfBytes: usize = 0;
let h1Bytes: usize = 0;
let h2Bytes: usize = 0;

// Places in the dense parameters, and of their gradients.
let layer1User: usize = 0;
let layer1Item: usize = 0;
let layer1Biases: usize = 0;
let layer2: usize = 0;
let layer2Biases: usize = 0;
let output: usize = 0;
let denseGradient: usize = 0;

// The workspace of this thread; matrices have a row per sample or per group (an interaction with its negatives).
let layer1UserTransposed: usize = 0;
let layer1ItemTransposed: usize = 0;
let layer2Transposed: usize = 0;
let userInputs: usize = 0;
let itemInputs: usize = 0;
let userParts: usize = 0;
let hidden1: usize = 0;
let hidden2: usize = 0;
let delta1: usize = 0;
let delta2: usize = 0;
let userDelta1: usize = 0;
let userInputDeltas: usize = 0;
let itemInputDeltas: usize = 0;
let logits: usize = 0;
let deltas: usize = 0;
let sampleLosses: usize = 0;
/** 1 for what was observed, −1 for what was not. */
let signs: usize = 0;
let itemRows: usize = 0;
let itemGradientRows: usize = 0;
let userRows: usize = 0;
let userGradientRows: usize = 0;
/** [groups + 1] where a group's samples begin. */
let groupStarts: usize = 0;

let stamp: u32 = 0;
let numTouchedUsers: i32 = 0;
let numTouchedItems: i32 = 0;
let numSamples: i32 = 0;

/** The end of what {@link take} gave out. */
let taken: usize = 0;

/**
 * Takes batches until the queue is empty; every thread calls it once an epoch.
 * @param firstStamp a number beyond those of all earlier epochs' batches
 */
export function trainEpoch(settings: usize, firstStamp: u32): void {
  configure(settings);
  let batch = nextChunk(counters);
  if (batch >= u32(numBatches)) return;
  enterWorkspace(nextChunk(counters + 4));
  for (; batch < u32(numBatches); batch = nextChunk(counters)) trainBatch(batch, firstStamp + batch);
}

/** One optimiser step. Exported so that it stays a function: V8 swaps in its fast code from call to call only. */
export function trainBatch(batch: i32, batchStamp: u32): void {
  stamp = batchStamp;
  numTouchedUsers = 0;
  numTouchedItems = 0;
  seedRandom(load<u32>(seeds + ((<usize>batch) << 2)));
  transpose(h1, d, layer1User, layer1UserTransposed);
  transpose(h1, d, layer1Item, layer1ItemTransposed);
  transpose(h2, h1, layer2, layer2Transposed);
  const end = min(numRows, (batch + 1) * batchSize);
  let loss: f64 = 0;
  let count = 0;
  for (let from = batch * batchSize; from < end; from += tileGroups) {
    const numGroups = min(tileGroups, end - from);
    gather(from, numGroups);
    loss += forward(numGroups);
    backward(numGroups);
    count += numSamples;
  }
  store<f64>(losses + ((<usize>batch) << 3), loss);
  store<i32>(counts + ((<usize>batch) << 2), count);
  step(load<f32>(rates + ((<usize>batch) << 2)));
}

/** Draws the negatives of a tile's interactions and collects the rows of all its samples. */
function gather(from: i32, numGroups: i32): void {
  numSamples = 0;
  for (let group = 0; group < numGroups; group++) {
    const row = load<i32>(rowOrder + ((<usize>(from + group)) << 2));
    const user = load<i32>(userOfRow + ((<usize>row) << 2));
    const userRow = users + <usize>user * userBytes;
    const word = (<usize>group) << 2;
    store<i32>(groupStarts + word, numSamples);
    store<usize>(userRows + word, userRow);
    store<usize>(userGradientRows + word, gradientOfUser(user));
    copyRow(userInputs + <usize>group * halfBytes, userRow + halfBytes, halfBytes);
    addSample(userRow, load<i32>(itemOfRow + ((<usize>row) << 2)), 1);
    if (load<u8>(hasUnseen + user) === 0) continue;
    for (let negative = 0; negative < negatives; negative++) addSample(userRow, drawUnseen(user), -1);
  }
  store<i32>(groupStarts + ((<usize>numGroups) << 2), numSamples);
}

function addSample(userRow: usize, item: i32, sign: f32): void {
  const itemRow = items + <usize>item * itemBytes;
  const word = (<usize>numSamples) << 2;
  store<usize>(itemRows + word, itemRow);
  store<usize>(itemGradientRows + word, gradientOfItem(item));
  store<f32>(signs + word, sign);
  const input = itemInputs + <usize>numSamples * halfBytes;
  copyRow(input, itemRow + halfBytes, halfBytes);
  store<f32>(logits + word, load<f32>(itemRow + 2 * halfBytes) + dot(userRow, itemRow, halfBytes));
  numSamples++;
}

/** An item that the user has not met, by rejection. */
function drawUnseen(user: i32): i32 {
  const first = load<i32>(userOffsets + ((<usize>user) << 2));
  const length = load<i32>(userOffsets + ((<usize>user) << 2), 4) - first;
  let item = randomBelow(numItems);
  while (isAmong(sortedItems + ((<usize>first) << 2), length, item)) item = randomBelow(numItems);
  return item;
}

/** A binary search without branches, which would be taken at random. */
// @inline
function isAmong(sorted: usize, length: i32, item: i32): bool {
  let low = sorted;
  for (let left = length; left > 1;) {
    const half = left >> 1;
    const isBelow = i32(load<i32>(low + ((<usize>half) << 2)) <= item);
    low += (<usize>(half & -isBelow)) << 2;
    left -= half;
  }
  return load<i32>(low) === item;
}

/** The address of the batch's gradient of a user's row: new and zero at the user's first sample in the batch. */
// @inline
function gradientOfUser(user: i32): usize {
  const word = (<usize>user) << 2;
  if (load<u32>(userStamps + word) !== stamp) {
    store<u32>(userStamps + word, stamp);
    store<i32>(userSlots + word, numTouchedUsers);
    store<i32>(touchedUsers + ((<usize>numTouchedUsers) << 2), user);
    numTouchedUsers++;
  }
  return userGradients + <usize>load<i32>(userSlots + word) * userBytes;
}

// @inline
function gradientOfItem(item: i32): usize {
  const word = (<usize>item) << 2;
  if (load<u32>(itemStamps + word) !== stamp) {
    store<u32>(itemStamps + word, stamp);
    store<i32>(itemSlots + word, numTouchedItems);
    store<i32>(touchedItems + ((<usize>numTouchedItems) << 2), item);
    numTouchedItems++;
  }
  return itemGradients + <usize>load<i32>(itemSlots + word) * itemBytes;
}

/** Logits of the tile's samples and the derivatives of the loss by them; returns the sum of the losses. */
function forward(numGroups: i32): f64 {
  for (let group = 0; group < numGroups; group++) {
    copyRow(userParts + <usize>group * h1Bytes, layer1Biases, h1Bytes);
  }
  const groupRows = roundUp4(numGroups);
  multiply(
    groupRows,
    h1,
    d,
    userInputs,
    halfBytes,
    4,
    layer1UserTransposed,
    h1Bytes,
    userParts,
    h1Bytes,
    true,
  );
  for (let group = 0; group < numGroups; group++) {
    const part = userParts + <usize>group * h1Bytes;
    const end = startOfGroup(group + 1);
    for (let sample = startOfGroup(group); sample < end; sample++) {
      copyRow(hidden1 + <usize>sample * h1Bytes, part, h1Bytes);
    }
  }
  const sampleRows = roundUp4(numSamples);
  multiply(
    sampleRows,
    h1,
    d,
    itemInputs,
    halfBytes,
    4,
    layer1ItemTransposed,
    h1Bytes,
    hidden1,
    h1Bytes,
    true,
  );
  rectify(hidden1, <usize>numSamples * h1Bytes);
  for (let sample = 0; sample < numSamples; sample++) {
    copyRow(hidden2 + <usize>sample * h2Bytes, layer2Biases, h2Bytes);
  }
  multiply(sampleRows, h2, h1, hidden1, h1Bytes, 4, layer2Transposed, h2Bytes, hidden2, h2Bytes, true);
  rectify(hidden2, <usize>numSamples * h2Bytes);
  for (let sample = 0; sample < numSamples; sample++) {
    const logit = logits + ((<usize>sample) << 2);
    store<f32>(logit, load<f32>(logit) + dot(hidden2 + <usize>sample * h2Bytes, output, h2Bytes));
  }
  return crossEntropy();
}

/**
 * Binary cross-entropy ln(1 + e^−y), y the logit times the sign, and its derivative −sign / (1 + e^y) by the logit,
 * which is scaled; both from e^−|y|, which does not overflow.
 */
function crossEntropy(): f64 {
  // What the last lanes compute of old samples is not read.
  const one = f32x4.splat(1);
  const scale = f32x4.splat(<f32>(1.0 / (<f64>batchSize * <f64>(1 + negatives))));
  const bytes = (<usize>numSamples) << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const sign = v128.load(signs + at);
    const y = f32x4.mul(sign, v128.load(logits + at));
    const small = exp4(f32x4.neg(f32x4.abs(y)));
    const isRight = f32x4.ge(y, f32x4.splat(0));
    const rest = f32x4.div(v128.bitselect(small, one, isRight), f32x4.add(one, small));
    v128.store(deltas + at, f32x4.neg(f32x4.mul(f32x4.mul(sign, rest), scale)));
    const loss = f32x4.add(f32x4.max(f32x4.neg(y), f32x4.splat(0)), log1p4(small));
    v128.store(sampleLosses + at, loss);
  }
  let sum: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) sum += <f64>load<f32>(sampleLosses + at);
  return sum;
}

/** Adds the tile's gradients to those of the batch. */
function backward(numGroups: i32): void {
  const groupRows = roundUp4(numGroups);
  const sampleRows = roundUp4(numSamples);
  backThroughOutput();
  const layer2Gradient = gradientOf(layer2);
  multiply(h2, h1, numSamples, delta2, 4, h2Bytes, hidden1, h1Bytes, layer2Gradient, h1Bytes, true);
  multiply(sampleRows, h1, h2, delta2, h2Bytes, 4, layer2, h1Bytes, delta1, h1Bytes, false);
  backThroughHidden1(numGroups);
  const itemGradient = gradientOf(layer1Item);
  const userGradient = gradientOf(layer1User);
  multiply(h1, d, numSamples, delta1, 4, h1Bytes, itemInputs, halfBytes, itemGradient, halfBytes, true);
  multiply(h1, d, numGroups, userDelta1, 4, h1Bytes, userInputs, halfBytes, userGradient, halfBytes, true);
  multiply(sampleRows, d, h1, delta1, h1Bytes, 4, layer1Item, halfBytes, itemInputDeltas, halfBytes, false);
  multiply(
    groupRows,
    d,
    h1,
    userDelta1,
    h1Bytes,
    4,
    layer1User,
    halfBytes,
    userInputDeltas,
    halfBytes,
    false,
  );
  for (let group = 0; group < numGroups; group++) backThroughEmbeddings(group);
}

/** Output weights and second layer's biases, and the derivative by the second layer's input, 4 units at a time. */
function backThroughOutput(): void {
  const zero = f32x4.splat(0);
  for (let unit: usize = 0; unit < h2Bytes; unit += 16) {
    const weights = v128.load(output + unit);
    let weightSum = zero;
    let biasSum = zero;
    let at = unit;
    for (let sample = 0; sample < numSamples; sample++) {
      const delta = v128.load32_splat(deltas + ((<usize>sample) << 2));
      const active = v128.load(hidden2 + at);
      weightSum = f32x4.add(weightSum, f32x4.mul(delta, active));
      // A ReLU that is off passes nothing back.
      const passed = v128.and(f32x4.gt(active, zero), f32x4.mul(delta, weights));
      biasSum = f32x4.add(biasSum, passed);
      v128.store(delta2 + at, passed);
      at += h2Bytes;
    }
    addTo(gradientOf(output) + unit, weightSum);
    addTo(gradientOf(layer2Biases) + unit, biasSum);
  }
}

/** Cuts the derivatives where the first layer's ReLU is off, and sums them over each group and over all. */
function backThroughHidden1(numGroups: i32): void {
  const zero = f32x4.splat(0);
  for (let unit: usize = 0; unit < h1Bytes; unit += 16) {
    let total = zero;
    let at = unit;
    for (let group = 0; group < numGroups; group++) {
      let sum = zero;
      for (let left = startOfGroup(group + 1) - startOfGroup(group); left > 0; left--) {
        const passed = v128.and(f32x4.gt(v128.load(hidden1 + at), zero), v128.load(delta1 + at));
        v128.store(delta1 + at, passed);
        sum = f32x4.add(sum, passed);
        at += h1Bytes;
      }
      v128.store(userDelta1 + <usize>group * h1Bytes + unit, sum);
      total = f32x4.add(total, sum);
    }
    addTo(gradientOf(layer1Biases) + unit, total);
  }
}

/** Both parts of the rows of a group's user and items, and the items' biases. */
function backThroughEmbeddings(group: i32): void {
  const userRow = load<usize>(userRows + ((<usize>group) << 2));
  const userGradient = load<usize>(userGradientRows + ((<usize>group) << 2));
  addScaled(userGradient + halfBytes, userInputDeltas + <usize>group * halfBytes, 1, halfBytes);
  const end = startOfGroup(group + 1);
  for (let sample = startOfGroup(group); sample < end; sample++) {
    const word = (<usize>sample) << 2;
    const itemRow = load<usize>(itemRows + word);
    const itemGradient = load<usize>(itemGradientRows + word);
    const inputDelta = itemInputDeltas + <usize>sample * halfBytes;
    const delta = v128.load32_splat(deltas + word);
    for (let at: usize = 0; at < halfBytes; at += 16) {
      addTo(userGradient + at, f32x4.mul(delta, v128.load(itemRow + at)));
      addTo(itemGradient + at, f32x4.mul(delta, v128.load(userRow + at)));
      addTo(itemGradient + halfBytes + at, v128.load(inputDelta + at));
    }
    const bias = itemGradient + 2 * halfBytes;
    store<f32>(bias, load<f32>(bias) + load<f32>(deltas + word));
  }
}

/** Adam on all that the batch touched; leaves the gradients zero. */
function step(rate: f32): void {
  adam(dense, denseFirst, denseSecond, denseGradient, (<usize>numDense) << 2, rate);
  for (let slot = 0; slot < numTouchedUsers; slot++) {
    const at = <usize>load<i32>(touchedUsers + ((<usize>slot) << 2)) * userBytes;
    const gradient = userGradients + <usize>slot * userBytes;
    adam(users + at, usersFirst + at, usersSecond + at, gradient, userBytes, rate);
  }
  for (let slot = 0; slot < numTouchedItems; slot++) {
    const at = <usize>load<i32>(touchedItems + ((<usize>slot) << 2)) * itemBytes;
    const gradient = itemGradients + <usize>slot * itemBytes;
    adam(items + at, itemsFirst + at, itemsSecond + at, gradient, itemBytes, rate);
  }
}

/** Adam's step (Kingma & Ba 2015, algorithm 1) on a row; the rate holds the correction of the moments' bias. */
function adam(values: usize, first: usize, second: usize, gradient: usize, bytes: usize, rate: f32): void {
  const zero = f32x4.splat(0);
  const rate4 = f32x4.splat(rate);
  for (let at: usize = 0; at < bytes; at += 16) {
    const slope = v128.load(gradient + at);
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(0.9), v128.load(first + at)),
      f32x4.mul(f32x4.splat(0.1), slope),
    );
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(0.999), v128.load(second + at)),
      f32x4.mul(f32x4.splat(0.001), f32x4.mul(slope, slope)),
    );
    v128.store(first + at, m);
    v128.store(second + at, v);
    v128.store(gradient + at, zero);
    const change = f32x4.div(f32x4.mul(rate4, m), f32x4.add(f32x4.sqrt(v), f32x4.splat(1e-8)));
    v128.store(values + at, f32x4.sub(v128.load(values + at), change));
  }
}

// @inline
function addTo(target: usize, value: v128): void {
  v128.store(target, f32x4.add(v128.load(target), value));
}

/** `memory.copy` for short rows, for which V8's call is dear. */
// @inline
function copyRow(target: usize, source: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, v128.load(source + at));
}

// @inline
function rectify(values: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(values + at, f32x4.max(v128.load(values + at), f32x4.splat(0)));
  }
}

// @inline
function roundUp4(n: i32): i32 {
  return (n + 3) & ~3;
}

// @inline
function startOfGroup(group: i32): i32 {
  return load<i32>(groupStarts + ((<usize>group) << 2));
}

/** The address at which this thread gathers the gradient of dense parameters. */
// @inline
function gradientOf(parameters: usize): usize {
  return parameters - dense + denseGradient;
}

function configure(settings: usize): void {
  openSettings(settings);
  numUsers = nextWord();
  numItems = nextWord();
  numRows = nextWord();
  numBatches = nextWord();
  batchSize = nextWord();
  negatives = nextWord();
  d = nextWord();
  h1 = nextWord();
  h2 = nextWord();
  tileGroups = nextWord();
  tileSamples = nextWord();
  numDense = nextWord();
  workspaceLength = nextWord();
  counters = nextWord();
  userOffsets = nextWord();
  sortedItems = nextWord();
  hasUnseen = nextWord();
  itemOfRow = nextWord();
  userOfRow = nextWord();
  rowOrder = nextWord();
  seeds = nextWord();
  rates = nextWord();
  losses = nextWord();
  counts = nextWord();
  users = nextWord();
  usersFirst = nextWord();
  usersSecond = nextWord();
  items = nextWord();
  itemsFirst = nextWord();
  itemsSecond = nextWord();
  dense = nextWord();
  denseFirst = nextWord();
  denseSecond = nextWord();
  userStamps = nextWord();
  userSlots = nextWord();
  itemStamps = nextWord();
  itemSlots = nextWord();
  touchedUsers = nextWord();
  touchedItems = nextWord();
  userGradients = nextWord();
  itemGradients = nextWord();
  workspaces = nextWord();
  halfBytes = (<usize>d) << 2;
  userBytes = 2 * halfBytes;
  itemBytes = userBytes + 16;
  h1Bytes = (<usize>h1) << 2;
  h2Bytes = (<usize>h2) << 2;
  layer1User = dense;
  layer1Item = layer1User + <usize>h1 * halfBytes;
  layer1Biases = layer1Item + <usize>h1 * halfBytes;
  layer2 = layer1Biases + h1Bytes;
  layer2Biases = layer2 + <usize>h2 * h1Bytes;
  output = layer2Biases + h2Bytes;
}

/** Takes the arrays that belong to the thread of this number; the workspace is laid out as its length is computed. */
function enterWorkspace(thread: usize): void {
  const userWords = thread * <usize>numUsers;
  const itemWords = thread * <usize>numItems;
  userStamps += userWords << 2;
  userSlots += userWords << 2;
  itemStamps += itemWords << 2;
  itemSlots += itemWords << 2;
  const mostUsers = thread * <usize>batchSize;
  const mostItems = mostUsers * <usize>(1 + negatives);
  touchedUsers += mostUsers << 2;
  touchedItems += mostItems << 2;
  userGradients += mostUsers * userBytes;
  itemGradients += mostItems * itemBytes;
  taken = workspaces + thread * ((<usize>workspaceLength) << 2);
  denseGradient = take(numDense);
  layer1UserTransposed = take(h1 * d);
  layer1ItemTransposed = take(h1 * d);
  layer2Transposed = take(h1 * h2);
  userInputs = take(tileGroups * d);
  itemInputs = take(tileSamples * d);
  userParts = take(tileGroups * h1);
  hidden1 = take(tileSamples * h1);
  hidden2 = take(tileSamples * h2);
  delta1 = take(tileSamples * h1);
  delta2 = take(tileSamples * h2);
  userDelta1 = take(tileGroups * h1);
  userInputDeltas = take(tileGroups * d);
  itemInputDeltas = take(tileSamples * d);
  logits = take(tileSamples);
  deltas = take(tileSamples);
  sampleLosses = take(tileSamples);
  signs = take(tileSamples);
  itemRows = take(tileSamples);
  itemGradientRows = take(tileSamples);
  userRows = take(tileGroups);
  userGradientRows = take(tileGroups);
  groupStarts = take(tileGroups + 4);
}

// @inline
function take(words: i32): usize {
  const start = taken;
  taken += (<usize>words) << 2;
  return start;
}
