/**
 * Retrieval's blend over the whole catalogue, and the history's terms behind a candidate: what
 * engine/src/serving/retrieveCandidates.ts and explainCandidate.ts say, on arrays that their caller lays out.
 *
 * Rows of the catalogue are padded to a multiple of 4; of a row's vectors the bytes are a multiple of 32.
 */
import { beginBest, drainBest, mayBeBest, take } from './lib/best.ts';
import { dotFour } from './lib/dot.ts';
import { logarithm4 } from './lib/logarithm.ts';

/** Inner products of a query with `n` rows, a multiple of 4. */
export function scoreDense(n: u32, query: usize, rows: usize, rowBytes: usize, out: usize): void {
  for (let row: u32 = 0; row < n; row += 4, rows += 4 * rowBytes) {
    v128.store(out + ((<usize>row) << 2), dotFour(rows, query, rowBytes));
  }
}

/**
 * Adds the rows of a history to `out`: out[j] += Σ_h weight_h · M[h, j].
 * @param count entries of the history, whose rows and weights follow
 * @param offsets of M's rows into its columns and values
 */
export function scoreSparse(
  count: u32,
  history: usize,
  weights: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  out: usize,
): void {
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const weight = load<f32>(weights + h);
    if (weight === 0) continue;
    const row = offsets + ((<usize>load<u32>(history + h)) << 2);
    const end = (<usize>load<u32>(row, 4)) << 2;
    for (let at = (<usize>load<u32>(row)) << 2; at < end; at += 4) {
      const target = out + ((<usize>load<u32>(columns + at)) << 2);
      store<f32>(target, load<f32>(target) + weight * load<f32>(values + at));
    }
  }
}

/** {@link scoreSparse} for two weightings of one history in one pass; where the second is 0, so the first is. */
export function scoreSparseTwice(
  count: u32,
  history: usize,
  weights: usize,
  others: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  out: usize,
  otherOut: usize,
): void {
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const weight = load<f32>(weights + h);
    const other = load<f32>(others + h);
    const row = offsets + ((<usize>load<u32>(history + h)) << 2);
    const end = (<usize>load<u32>(row, 4)) << 2;
    for (let at = (<usize>load<u32>(row)) << 2; at < end; at += 4) {
      const place = (<usize>load<u32>(columns + at)) << 2;
      const value = load<f32>(values + at);
      store<f32>(out + place, load<f32>(out + place) + weight * value);
      store<f32>(otherOut + place, load<f32>(otherOut + place) + other * value);
    }
  }
}

/** out[j] += weight · row[j] over `n` numbers, a multiple of 4. */
export function addRow(n: u32, weight: f32, row: usize, out: usize): void {
  const factor = f32x4.splat(weight);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(factor, v128.load(row + at))));
  }
}

/** around[j] becomes ln((around[j] + damping) / (scale · overall[j] + damping)) over `n` numbers, a multiple of 4. */
export function logRatios(n: u32, around: usize, overall: usize, scale: f32, damping: f32): void {
  const factor = f32x4.splat(scale);
  const added = f32x4.splat(damping);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    const below = f32x4.add(f32x4.mul(factor, v128.load(overall + at)), added);
    v128.store(around + at, logarithm4(f32x4.div(f32x4.add(v128.load(around + at), added), below)));
  }
}

/** values[j] becomes ln(values[j] + 1) over `n` numbers, a multiple of 4. */
export function logCounts(n: u32, values: usize): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    v128.store(values + at, logarithm4(f32x4.add(v128.load(values + at), one)));
  }
}

/** The sum of the first `n` numbers, in double precision. */
export function sum(n: u32, values: usize): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = (<usize>(n & ~3)) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    const four = v128.load(values + at);
    low = f64x2.add(low, f64x2.promote_low_f32x4(four));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(four)));
  }
  let total = sumPair(f64x2.add(low, high));
  for (let at = whole; at < (<usize>n) << 2; at += 4) total += <f64>load<f32>(values + at);
  return total;
}

/** The sum of the squared distances of the first `n` numbers from `mean`. */
export function squares(n: u32, values: usize, mean: f64): f64 {
  const centre = f64x2.splat(mean);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = (<usize>(n & ~3)) << 2;
  for (let at: usize = 0; at < whole; at += 16) {
    const four = v128.load(values + at);
    const a = f64x2.sub(f64x2.promote_low_f32x4(four), centre);
    const b = f64x2.sub(f64x2.promote_low_f32x4(upper(four)), centre);
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  let total = sumPair(f64x2.add(low, high));
  for (let at = whole; at < (<usize>n) << 2; at += 4) {
    const distance = <f64>load<f32>(values + at) - mean;
    total += distance * distance;
  }
  return total;
}

/** Bytes of one part of a blend: scale and mean as f64, and the address of the values, in eight bytes each. */
const PART_BYTES: usize = 24;

/**
 * The `k` best of the first `n` rows by Σ scale · (value − mean) over the parts, best first.
 * @param parts [count × 24 bytes]
 * @param eligible [n] 0 where a row must not be proposed; 0 too in the rows past n that fill the last four
 * @param items room for k rows; the answer says how many came
 * @param scores room for their blends
 */
export function bestOfBlend(
  n: u32,
  count: u32,
  parts: usize,
  eligible: usize,
  k: u32,
  items: usize,
  scores: usize,
): u32 {
  beginBest(k, items, scores);
  const end = parts + <usize>count * PART_BYTES;
  for (let row: u32 = 0; row < n; row += 4) {
    const mask = load<u32>(eligible + row);
    if (mask === 0) continue;
    const at = (<usize>row) << 2;
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let part = parts; part < end; part += PART_BYTES) {
      const scale = v128.load64_splat(part);
      const mean = v128.load64_splat(part, 8);
      const values = v128.load(<usize>load<u32>(part, 16) + at);
      low = f64x2.add(low, f64x2.mul(scale, f64x2.sub(f64x2.promote_low_f32x4(values), mean)));
      high = f64x2.add(high, f64x2.mul(scale, f64x2.sub(f64x2.promote_low_f32x4(upper(values)), mean)));
    }
    const totals = v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
    const better = mayBeBest(totals);
    if (better === 0) continue;
    if (better & 1 && mask & 0xff) take(row, f32x4.extract_lane(totals, 0));
    if (better & 2 && mask & 0xff00) take(row + 1, f32x4.extract_lane(totals, 1));
    if (better & 4 && mask & 0xff0000) take(row + 2, f32x4.extract_lane(totals, 2));
    if (better & 8 && mask & 0xff000000) take(row + 3, f32x4.extract_lane(totals, 3));
  }
  return drainBest();
}

/**
 * What each row of a history holds at the candidates: its sum over all of them, and its value at those that are shown.
 * @param factors [count] rows whose factor is 0 are passed over
 * @param slots [columns] 16 bits: 0 for no candidate, 1 for one that is not shown, 2 + s for the one shown at place s
 * @param sums [count] over all candidates
 * @param shown [(2 + places) × count] the values by slot, set to zero before; the first two rows are scrap
 */
export function explainSparse(
  count: u32,
  history: usize,
  factors: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  slots: usize,
  sums: usize,
  shown: usize,
): void {
  const stride = (<usize>count) << 2;
  for (let h: usize = 0; h < stride; h += 4) {
    if (load<f32>(factors + h) === 0) continue;
    const row = offsets + ((<usize>load<u32>(history + h)) << 2);
    const end = (<usize>load<u32>(row, 4)) << 2;
    const target = shown + h;
    let at = (<usize>load<u32>(row)) << 2;
    // Two sums, so that an addition need not wait for the one before.
    let even: f32 = 0;
    let odd: f32 = 0;
    for (; at + 8 <= end; at += 8) {
      even += explainEntry(columns + at, values + at, slots, target, stride);
      odd += explainEntry(columns + at + 4, values + at + 4, slots, target, stride);
    }
    if (at < end) even += explainEntry(columns + at, values + at, slots, target, stride);
    store<f32>(sums + h, even + odd);
  }
}

/** Notes an entry's value under its slot, and returns it if it is a candidate's: without a branch, which would be guessed wrong often. */
// @inline
function explainEntry(column: usize, value: usize, slots: usize, target: usize, stride: usize): f32 {
  const slot = <usize>load<u16>(slots + ((<usize>load<u32>(column)) << 1));
  const held = load<f32>(value);
  store<f32>(target + slot * stride, held);
  // A mask of bits: V8 makes a branch of a select between floats.
  return reinterpret<f32>(reinterpret<i32>(held) & -i32(slot !== 0));
}

/**
 * Inner products of each of a history's rows with vectors that follow one another, a multiple of 4.
 * @param out [count × numVectors]
 */
export function explainDense(
  count: u32,
  history: usize,
  rows: usize,
  rowBytes: usize,
  vectors: usize,
  numVectors: u32,
  out: usize,
): void {
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const row = rows + <usize>load<u32>(history + h) * rowBytes;
    let at = vectors;
    for (let vector: u32 = 0; vector < numVectors; vector += 4, at += 4 * rowBytes, out += 16) {
      v128.store(out, dotFour(at, row, rowBytes));
    }
  }
}

/** The upper two lanes, where the lower two are. */
// @inline
function upper(four: v128): v128 {
  return v128.shuffle<f32>(four, four, 2, 3, 2, 3);
}

// @inline
function sumPair(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
