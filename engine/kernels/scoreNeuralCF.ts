/**
 * NeuralCF's logits of many items for one user (`forwardPass` in engine/src/models/neuralCF/forward.ts says what it computes).
 *
 * What the first layer makes of an item does not depend on the user: it is computed once, when the model comes. An item's
 * row is then its GMF part, its share of the first layer, its bias and three zeros; sizes are padded to multiples of 8.
 */
import { dot, sumLanes } from './lib/dot.ts';
import { multiply } from './lib/multiply.ts';
import { nextWord, openSettings } from './lib/settings.ts';

/** Items that go through the second layer together. */
const TILE: i32 = 64;

// The settings, which hold as long as the model does; V8 reads a global anew at each use, so that loops take locals.
let d: i32 = 0;
let h1: i32 = 0;
let h2: i32 = 0;
/** [2d] GMF and MLP part. */
let user: usize = 0;
/** Rows of all items. */
let rows: usize = 0;
/**
 * [h1 × d] the user's half of the first layer, [h1] its biases, [h1 × h2] the transpose of the second layer, [h2] its
 * biases, [h2] output weights.
 */
let layers: usize = 0;
/** [h1 + TILE × (h1 + h2)] */
let work: usize = 0;
/** [n] 32-bit rows. */
let items: usize = 0;
/** [n] */
let logits: usize = 0;

/** Reads the settings block; once, before all else. */
export function configure(settings: usize): void {
  openSettings(settings);
  d = nextWord();
  h1 = nextWord();
  h2 = nextWord();
  user = nextWord();
  rows = nextWord();
  layers = nextWord();
  work = nextWord();
  items = nextWord();
  logits = nextWord();
}

/**
 * Computes the first layer's share of `n` items, a multiple of 4.
 * @param inputs [n × d] their MLP parts
 * @param weights [d × h1] the transpose of the item's half of the first layer
 * @param to the rows of the first of them
 */
export function prepareItems(n: i32, inputs: usize, weights: usize, to: usize): void {
  const rowBytes = (<usize>(d + h1 + 4)) << 2;
  const inputBytes = (<usize>d) << 2;
  const h1Bytes = (<usize>h1) << 2;
  multiply(n, h1, d, inputs, inputBytes, 4, weights, h1Bytes, to + inputBytes, rowBytes, false);
}

/** The logits of the `n` items that stand in the settings' array, for the user that stands there. */
export function scoreItems(n: i32): void {
  const dBytes = (<usize>d) << 2;
  const h1Bytes = (<usize>h1) << 2;
  const h2Bytes = (<usize>h2) << 2;
  const query = user;
  const itemRows = rows;
  const parameters = layers;
  const scratch = work;
  const numbers = items;
  const out = logits;
  const rowBytes = dBytes + h1Bytes + 16;
  const layer1Biases = parameters + <usize>h1 * dBytes;
  const layer2 = layer1Biases + h1Bytes;
  const layer2Biases = layer2 + <usize>h1 * h2Bytes;
  const output = layer2Biases + h2Bytes;
  const hidden1 = scratch + h1Bytes;
  const hidden2 = hidden1 + <usize>TILE * h1Bytes;
  const zero = f32x4.splat(0);

  for (let at: usize = 0; at < h1Bytes; at += 4) {
    const sum = dot(parameters + (at >> 2) * dBytes, query + dBytes, dBytes);
    store<f32>(scratch + at, sum + load<f32>(layer1Biases + at));
  }
  for (let start = 0; start < n; start += TILE) {
    const count = min(TILE, n - start);
    for (let index = 0; index < count; index++) {
      const row = itemRows + <usize>load<i32>(numbers + ((<usize>(start + index)) << 2)) * rowBytes;
      const bias = load<f32>(row + dBytes + h1Bytes);
      store<f32>(out + ((<usize>(start + index)) << 2), bias + dot(query, row, dBytes));
      const active = hidden1 + <usize>index * h1Bytes;
      for (let at: usize = 0; at < h1Bytes; at += 16) {
        const sum = f32x4.add(v128.load(scratch + at), v128.load(row + dBytes + at));
        v128.store(active + at, f32x4.max(sum, zero));
      }
    }
    multiply((count + 3) & ~3, h2, h1, hidden1, h1Bytes, 4, layer2, h2Bytes, hidden2, h2Bytes, false);
    for (let index = 0; index < count; index++) {
      const active = hidden2 + <usize>index * h2Bytes;
      let sums = zero;
      for (let at: usize = 0; at < h2Bytes; at += 16) {
        const unit = f32x4.max(f32x4.add(v128.load(active + at), v128.load(layer2Biases + at)), zero);
        sums = f32x4.add(sums, f32x4.mul(unit, v128.load(output + at)));
      }
      const logit = out + ((<usize>(start + index)) << 2);
      store<f32>(logit, load<f32>(logit) + sumLanes(sums));
    }
  }
}
