/**
 * Retrieval's blend over the whole catalogue, and the history's terms behind a candidate: what
 * engine/src/serving/retrieveCandidates.ts and explainCandidate.ts say, on arrays that their caller lays out.
 *
 * Rows of the catalogue are padded to a multiple of 8; of a row's vectors the bytes are a multiple of 32.
 */
import { bestOf } from './lib/selectBest.ts';
import { codeDotFour } from './lib/codes.ts';
import { addScaled, dot, dotFour, sumLanes } from './lib/dot.ts';
import { logarithm4 } from './lib/logarithm.ts';
import { nextWord, openSettings } from './lib/settings.ts';

// The settings, which hold as long as the model does; V8 reads a global anew at each use, so that loops take locals.
/** Items, filled up to a multiple of 8. */
let numRows: u32 = 0;
/** The vector that dense rows are compared with. */
let query: usize = 0;
/** [count] rows of the history's items, and how much each counts, for one feature and for its twin. */
let history: usize = 0;
let weights: usize = 0;
let otherWeights: usize = 0;
/** [2 × numRows] scrap: both sums of a column side by side are one load and one store. */
let pairs: usize = 0;
/** [numRows] popularity as odds. */
let odds: usize = 0;
/** Addends of a blend: each scale and mean as f64, and the address of its values, in eight bytes each. */
let parts: usize = 0;
/** [numRows] 0 where a row must not be proposed, and in the rows past the last. */
let eligible: usize = 0;
/** [numRows] and what `bestOf` needs: scrap. */
let totals: usize = 0;
let selecting: usize = 0;
/** [numRows] the answers of bestOfBlend, and of strongest. */
let bestItems: usize = 0;
let bestScores: usize = 0;
let largest: usize = 0;
/** Addresses of the features that moments and pick are asked for, and their answers. */
let addresses: usize = 0;
let momentSums: usize = 0;
let picked: usize = 0;
/** [items] signed bytes: 0 for no candidate, −1 for one that is not shown, 1 + s for the one shown at place s. */
let slots: usize = 0;
/** [count × numPlaces] */
let terms: usize = 0;
let candidateItems: usize = 0;
let shownItems: usize = 0;
/** [shown × rowBytes], then their mean. */
let differences: usize = 0;
/** [dim] 16-bit codes of the query, padded with zeros to a multiple of 16. */
let queryCodes: usize = 0;

/** Reads the settings block; once, before all else. */
export function configure(settings: usize): void {
  openSettings(settings);
  numRows = nextWord();
  query = nextWord();
  history = nextWord();
  weights = nextWord();
  otherWeights = nextWord();
  pairs = nextWord();
  odds = nextWord();
  parts = nextWord();
  eligible = nextWord();
  totals = nextWord();
  selecting = nextWord();
  bestItems = nextWord();
  bestScores = nextWord();
  largest = nextWord();
  addresses = nextWord();
  momentSums = nextWord();
  picked = nextWord();
  slots = nextWord();
  terms = nextWord();
  candidateItems = nextWord();
  shownItems = nextWord();
  differences = nextWord();
  queryCodes = nextWord();
}

/** Inner products of the query with every row. */
export function scoreDense(rows: usize, rowBytes: usize, out: usize): void {
  const n = numRows;
  const against = query;
  for (let row: u32 = 0; row < n; row += 4, rows += 4 * rowBytes) {
    v128.store(out + ((<usize>row) << 2), dotFour(rows, against, rowBytes));
  }
}

/** About {@link scoreDense}, from codes of 8 bits: out[row] = queryScale · scales[row] · Σ code · queryCode. */
export function scoreCodes(codes: usize, codeBytes: usize, scales: usize, queryScale: f32, out: usize): void {
  const n = numRows;
  const against = queryCodes;
  const factor = f32x4.splat(queryScale);
  for (let row: u32 = 0; row < n; row += 4, codes += 4 * codeBytes) {
    const at = (<usize>row) << 2;
    const sums = f32x4.convert_i32x4_s(codeDotFour(codes, against, codeBytes));
    v128.store(out + at, f32x4.mul(f32x4.mul(sums, factor), v128.load(scales + at)));
  }
}

/** {@link scoreDense} for the `n` candidate items alone; of the others `out` stays as it is. */
export function scoreSome(n: u32, rows: usize, rowBytes: usize, out: usize): void {
  const against = query;
  const items = candidateItems;
  for (let at: usize = 0; at < (<usize>n) << 2; at += 4) {
    const item = <usize>load<u32>(items + at);
    store<f32>(out + (item << 2), dot(rows + item * rowBytes, against, rowBytes));
  }
}

/**
 * Adds the rows of the history to `out`: out[j] += Σ_h weight_h · M[h, j].
 * @param count entries of the history
 * @param offsets of M's rows into its columns and values
 */
export function scoreSparse(count: u32, offsets: usize, columns: usize, values: usize, out: usize): void {
  addRows<u32>(count, offsets, columns, values, out);
}

/** {@link scoreSparse} where columns are of 16 bits. */
export function scoreSparse16(count: u32, offsets: usize, columns: usize, values: usize, out: usize): void {
  addRows<u16>(count, offsets, columns, values, out);
}

function addRows<Column>(count: u32, offsets: usize, columns: usize, values: usize, out: usize): void {
  const rows = history;
  const factors = weights;
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const weight = load<f32>(factors + h);
    if (weight === 0) continue;
    const row = offsets + ((<usize>load<u32>(rows + h)) << 2);
    const end = (<usize>load<u32>(row, 4)) << 2;
    for (let at = (<usize>load<u32>(row)) << 2; at < end; at += 4) {
      const target = out + (columnAt<Column>(columns, at) << 2);
      store<f32>(target, load<f32>(target) + weight * load<f32>(values + at));
    }
  }
}

/**
 * {@link scoreSparse} for two weightings of one history in one pass.
 * @param out set to the sums by the first weights
 * @param otherOut set to those by the others
 */
export function scoreSparseTwice(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  out: usize,
  otherOut: usize,
): void {
  addRowsTwice<u32>(count, offsets, columns, values, out, otherOut);
}

/** {@link scoreSparseTwice} where columns are of 16 bits. */
export function scoreSparseTwice16(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  out: usize,
  otherOut: usize,
): void {
  addRowsTwice<u16>(count, offsets, columns, values, out, otherOut);
}

function addRowsTwice<Column>(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  out: usize,
  otherOut: usize,
): void {
  const rows = history;
  const factors = weights;
  const others = otherWeights;
  const sums = pairs;
  const end = (<usize>numRows) << 2;
  memory.fill(sums, 0, end << 1);
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const weight = load<f32>(factors + h);
    const other = load<f32>(others + h);
    if (weight === 0 && other === 0) continue;
    const both = f32x4.replace_lane(f32x4.splat(weight), 1, other);
    const row = offsets + ((<usize>load<u32>(rows + h)) << 2);
    const last = (<usize>load<u32>(row, 4)) << 2;
    for (let at = (<usize>load<u32>(row)) << 2; at < last; at += 4) {
      const place = sums + (columnAt<Column>(columns, at) << 3);
      const added = f32x4.mul(both, v128.load32_splat(values + at));
      v128.store64_lane(place, f32x4.add(v128.load64_zero(place), added), 0);
    }
  }
  for (let at: usize = 0; at < end; at += 16) {
    const low = v128.load(sums + (at << 1));
    const high = v128.load(sums + (at << 1), 16);
    v128.store(out + at, v128.shuffle<f32>(low, high, 0, 2, 4, 6));
    v128.store(otherOut + at, v128.shuffle<f32>(low, high, 1, 3, 5, 7));
  }
}

/** out[j] += factors[j] · (values[j] − less) over all rows. */
export function addProducts(factors: usize, values: usize, less: f32, out: usize): void {
  const taken = f32x4.splat(less);
  const end = (<usize>numRows) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const product = f32x4.mul(v128.load(factors + at), f32x4.sub(v128.load(values + at), taken));
    v128.store(out + at, f32x4.add(v128.load(out + at), product));
  }
}

/** out[j] += weight · row[j] over all rows. */
export function addRow(weight: f32, row: usize, out: usize): void {
  const factor = f32x4.splat(weight);
  const end = (<usize>numRows) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(factor, v128.load(row + at))));
  }
}

/** around[j] becomes ln((around[j] + damping) / (scale · odds[j] + damping)) over all rows. */
export function logRatios(around: usize, scale: f32, damping: f32): void {
  const factor = f32x4.splat(scale);
  const added = f32x4.splat(damping);
  const overall = odds;
  const end = (<usize>numRows) << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const below = f32x4.add(f32x4.mul(factor, v128.load(overall + at)), added);
    v128.store(around + at, logarithm4(f32x4.div(f32x4.add(v128.load(around + at), added), below)));
  }
}

/** values[j] becomes ln(values[j] + 1) over all rows. */
export function logCounts(values: usize): void {
  const one = f32x4.splat(1);
  const end = (<usize>numRows) << 2;
  for (let at: usize = 0; at < end; at += 16) {
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

/**
 * Sums, for each of `count` features, named by the addresses of their values, (value − first) and its square over the
 * first `n` rows, as two f64: taken from the first value, so that equal ones give exactly 0.
 */
export function moments(n: u32, count: u32): void {
  const whole = (<usize>(n & ~3)) << 2;
  let address = addresses;
  let out = momentSums;
  for (let feature: u32 = 0; feature < count; feature++, address += 4, out += 16) {
    const values = <usize>load<u32>(address);
    const first = <f64>load<f32>(values);
    const origin = f64x2.splat(first);
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let lowSquares = f64x2.splat(0);
    let highSquares = f64x2.splat(0);
    for (let at: usize = 0; at < whole; at += 16) {
      const four = v128.load(values + at);
      const a = f64x2.sub(f64x2.promote_low_f32x4(four), origin);
      const b = f64x2.sub(f64x2.promote_low_f32x4(upper(four)), origin);
      low = f64x2.add(low, a);
      high = f64x2.add(high, b);
      lowSquares = f64x2.add(lowSquares, f64x2.mul(a, a));
      highSquares = f64x2.add(highSquares, f64x2.mul(b, b));
    }
    let total = sumPair(f64x2.add(low, high));
    let squares = sumPair(f64x2.add(lowSquares, highSquares));
    for (let at = whole; at < (<usize>n) << 2; at += 4) {
      const distance = <f64>load<f32>(values + at) - first;
      total += distance;
      squares += distance * distance;
    }
    store<f64>(out, total);
    store<f64>(out, squares, 8);
  }
}

/** Bytes of one part of a blend. */
const PART_BYTES: usize = 24;

/** The `k` best of the eligible rows by Σ scale · (value − mean) over the parts, best first; the answer says how many. */
export function bestOfBlend(count: u32, k: u32): u32 {
  blend(count);
  return bestOf(numRows, totals, selecting, k, bestItems, bestScores);
}

/** Fills the totals: Σ scale · (value − mean) over the parts, −∞ where a row is not eligible. */
export function blend(count: u32): void {
  const begun = parts;
  const rows = numRows;
  const mayBe = eligible;
  const sums = totals;
  const end = begun + <usize>count * PART_BYTES;
  let shift: f64 = 0;
  for (let part = begun; part < end; part += PART_BYTES) shift -= load<f64>(part) * load<f64>(part, 8);
  const begin = f64x2.splat(shift);
  const none = f32x4.splat(-Infinity);
  for (let row: u32 = 0; row < rows; row += 8) {
    const at = (<usize>row) << 2;
    let a = begin;
    let b = begin;
    let c = begin;
    let d = begin;
    for (let part = begun; part < end; part += PART_BYTES) {
      const scale = v128.load64_splat(part);
      const values = <usize>load<u32>(part, 16) + at;
      const four = v128.load(values);
      const next = v128.load(values, 16);
      a = f64x2.add(a, f64x2.mul(scale, f64x2.promote_low_f32x4(four)));
      b = f64x2.add(b, f64x2.mul(scale, f64x2.promote_low_f32x4(upper(four))));
      c = f64x2.add(c, f64x2.mul(scale, f64x2.promote_low_f32x4(next)));
      d = f64x2.add(d, f64x2.mul(scale, f64x2.promote_low_f32x4(upper(next))));
    }
    const mask = i16x8.ne(v128.load8x8_u(mayBe + row), i16x8.splat(0));
    v128.store(sums + at, v128.bitselect(demote(a, b), none, i32x4.extend_low_i16x8_s(mask)));
    v128.store(sums + at, v128.bitselect(demote(c, d), none, i32x4.extend_high_i16x8_s(mask)), 16);
  }
}

/** The share of a total that roundings in its sum may have made: far more than they do. */
const ROUNDING: f32 = 1.0 / 2097152.0;

/**
 * Finds the rows that may be among the `k` best when the totals are only about right: those whose upper bound reaches the
 * k-th best lower bound. They become the candidate items, ascending; the answer says how many.
 * @param doubts [numRows] by how much each total may be off; the upper bounds take their place
 * @param lows [numRows] room for the lower bounds
 */
export function mayBeBest(k: u32, doubts: usize, lows: usize): u32 {
  const rows = numRows;
  const sums = totals;
  const found = candidateItems;
  const end = (<usize>rows) << 2;
  const none = f32x4.splat(-Infinity);
  const rounding = f32x4.splat(ROUNDING);
  for (let at: usize = 0; at < end; at += 16) {
    const sum = v128.load(sums + at);
    const isOut = f32x4.eq(sum, none);
    const doubt = f32x4.add(v128.load(doubts + at), f32x4.mul(f32x4.abs(sum), rounding));
    v128.store(doubts + at, v128.bitselect(none, f32x4.add(sum, doubt), isOut));
    v128.store(lows + at, v128.bitselect(none, f32x4.sub(sum, doubt), isOut));
  }
  const n = bestOf(rows, lows, selecting, k, bestItems, bestScores);
  const least = n < k ? <f32>-3.4028234663852886e38 : load<f32>(bestScores + ((<usize>(n - 1)) << 2));
  const threshold = f32x4.splat(least);
  let count: u32 = 0;
  for (let at: usize = 0; at < end; at += 16) {
    let which = i32x4.bitmask(f32x4.ge(v128.load(doubts + at), threshold));
    for (; which !== 0; which &= which - 1) {
      store<u32>(found + ((<usize>count) << 2), <u32>(at >> 2) + <u32>ctz(which));
      count++;
    }
  }
  return count;
}

/**
 * {@link bestOfBlend} among the `n` candidate items, which ascend.
 * @param sums room for their totals, filled up to a multiple of 4
 */
export function bestOfSome(n: u32, count: u32, k: u32, sums: usize): u32 {
  const begun = parts;
  const items = candidateItems;
  const end = begun + <usize>count * PART_BYTES;
  let shift: f64 = 0;
  for (let part = begun; part < end; part += PART_BYTES) shift -= load<f64>(part) * load<f64>(part, 8);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 4) {
    const item = (<usize>load<u32>(items + at)) << 2;
    let sum = shift;
    for (let part = begun; part < end; part += PART_BYTES) {
      sum += load<f64>(part) * <f64>load<f32>(<usize>load<u32>(part, 16) + item);
    }
    store<f32>(sums + at, <f32>sum);
  }
  const filled = (n + 3) & ~3;
  for (let place = n; place < filled; place++) store<f32>(sums + ((<usize>place) << 2), -Infinity);
  const best = bestItems;
  const found = bestOf(filled, sums, selecting, k, best, bestScores);
  for (let at: usize = 0; at < (<usize>found) << 2; at += 4) {
    store<u32>(best + at, load<u32>(items + ((<usize>load<u32>(best + at)) << 2)));
  }
  return found;
}

/** Picks each of `count` features, named by the addresses of their values, at the `n` best: picked[feature × n + place]. */
export function pick(n: u32, count: u32): void {
  const items = bestItems;
  let address = addresses;
  let out = picked;
  for (let feature: u32 = 0; feature < count; feature++, address += 4) {
    const values = <usize>load<u32>(address);
    for (let place: usize = 0; place < (<usize>n) << 2; place += 4, out += 4) {
      store<f32>(out, load<f32>(values + ((<usize>load<u32>(items + place)) << 2)));
    }
  }
}

/** The part of a blend that is largest for each of the `n` best, as its index, the first of equal ones: one byte each. */
export function strongest(n: u32, count: u32): void {
  const begun = parts;
  const out = largest;
  let item = bestItems;
  for (let place: u32 = 0; place < n; place++, item += 4) {
    const at = (<usize>load<u32>(item)) << 2;
    let most: f64 = -Infinity;
    let index: u32 = 0;
    for (let part: u32 = 0, address = begun; part < count; part++, address += PART_BYTES) {
      const value = <f64>load<f32>(<usize>load<u32>(address, 16) + at);
      const share = load<f64>(address) * (value - load<f64>(address, 8));
      if (share > most) {
        most = share;
        index = part;
      }
    }
    store<u8>(out + place, index);
  }
}

/**
 * Adds to the terms of shown items what the rows of the history hold there, less each row's mean over the candidates:
 * terms[h, s] += weight_h · (M[h, shown s] − Σ_candidates M[h, c] · share). Rows that weigh 0 are passed over.
 * @param share one over the number of candidates
 * @param numPlaces a multiple of 4
 */
export function explainSparse(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  share: f32,
  numPlaces: u32,
): void {
  addTerms<u32>(count, offsets, columns, values, share, numPlaces);
}

/** {@link explainSparse} where columns are of 16 bits. */
export function explainSparse16(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  share: f32,
  numPlaces: u32,
): void {
  addTerms<u16>(count, offsets, columns, values, share, numPlaces);
}

function addTerms<Column>(
  count: u32,
  offsets: usize,
  columns: usize,
  values: usize,
  share: f32,
  numPlaces: u32,
): void {
  const rows = history;
  const factors = weights;
  const places = slots;
  const rowBytes = (<usize>numPlaces) << 2;
  let out = terms;
  const scrap = out + <usize>count * rowBytes;
  let touched = i32x4.splat(0);
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4, out += rowBytes) {
    const factor = load<f32>(factors + h);
    if (factor === 0) continue;
    const row = offsets + ((<usize>load<u32>(rows + h)) << 2);
    const end = (<usize>load<u32>(row, 4)) << 2;
    let at = (<usize>load<u32>(row)) << 2;
    if (h + 4 < (<usize>count) << 2)
      touched = v128.or(touched, touch<Column>(offsets, load<u32>(rows + h, 4), columns, values));
    let sums = f32x4.splat(0);
    let others = f32x4.splat(0);
    for (; at + 64 <= end; at += 64) {
      const sixteen = slotsOf<Column>(columns + at / (4 / sizeof<Column>()), places);
      let hits = i8x16.bitmask(i8x16.gt_s(sixteen, i8x16.splat(0)));
      const held = i8x16.ne(sixteen, i8x16.splat(0));
      const low = i16x8.extend_low_i8x16_s(held);
      const high = i16x8.extend_high_i8x16_s(held);
      const from = values + at;
      sums = f32x4.add(sums, v128.and(i32x4.extend_low_i16x8_s(low), v128.load(from)));
      others = f32x4.add(others, v128.and(i32x4.extend_high_i16x8_s(low), v128.load(from, 16)));
      sums = f32x4.add(sums, v128.and(i32x4.extend_low_i16x8_s(high), v128.load(from, 32)));
      others = f32x4.add(others, v128.and(i32x4.extend_high_i16x8_s(high), v128.load(from, 48)));
      for (; hits !== 0; hits &= hits - 1) {
        const entry = at + ((<usize>ctz(hits)) << 2);
        addTerm(out, slotOf<Column>(columns, entry, places), factor * load<f32>(values + entry));
      }
    }
    let sum: f32 = 0;
    for (; at < end; at += 4) {
      const slot = slotOf<Column>(columns, at, places);
      if (slot === 0) continue;
      const value = load<f32>(values + at);
      sum += value;
      if (slot > 0) addTerm(out, slot, factor * value);
    }
    const mean = f32x4.splat(factor * share * (sum + sumLanes(f32x4.add(sums, others))));
    for (let place: usize = 0; place < rowBytes; place += 16) {
      v128.store(out + place, f32x4.sub(v128.load(out + place), mean));
    }
  }
  v128.store(scrap, touched);
}

/** Reads a word of every cache line of a row, so that the row is on its way while the one before is worked on. */
// @inline
function touch<Column>(offsets: usize, row: u32, columns: usize, values: usize): v128 {
  const from = offsets + ((<usize>row) << 2);
  const end = (<usize>load<u32>(from, 4)) << 2;
  let word = i32x4.splat(0);
  for (let at = (<usize>load<u32>(from)) << 2; at < end; at += 64) {
    word = v128.or(
      word,
      v128.or(v128.load32_zero(columns + at / (4 / sizeof<Column>())), v128.load32_zero(values + at)),
    );
  }
  return word;
}

// @inline
function slotOf<Column>(columns: usize, at: usize, slots: usize): i32 {
  return <i32>load<i8>(slots + columnAt<Column>(columns, at));
}

/** The column of the entry whose value is `at` bytes from the first. */
// @inline
function columnAt<Column>(columns: usize, at: usize): usize {
  return sizeof<Column>() === 2 ? <usize>load<u16>(columns + (at >> 1)) : <usize>load<u32>(columns + at);
}

// @inline
function addTerm(terms: usize, slot: i32, part: f32): void {
  const term = terms + ((<usize>(slot - 1)) << 2);
  store<f32>(term, load<f32>(term) + part);
}

/** The slots of sixteen columns. */
// @inline
function slotsOf<Column>(columns: usize, slots: usize): v128 {
  let sixteen = v128.load8_splat(slots + columnNumber<Column>(columns, 0));
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 1), sixteen, 1);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 2), sixteen, 2);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 3), sixteen, 3);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 4), sixteen, 4);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 5), sixteen, 5);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 6), sixteen, 6);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 7), sixteen, 7);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 8), sixteen, 8);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 9), sixteen, 9);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 10), sixteen, 10);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 11), sixteen, 11);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 12), sixteen, 12);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 13), sixteen, 13);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 14), sixteen, 14);
  sixteen = v128.load8_lane(slots + columnNumber<Column>(columns, 15), sixteen, 15);
  return sixteen;
}

// @inline
function columnNumber<Column>(columns: usize, index: usize): usize {
  const at = columns + index * sizeof<Column>();
  return sizeof<Column>() === 2 ? <usize>load<u16>(at) : <usize>load<u32>(at);
}

/**
 * The vectors of items shown, less their mean over the candidates.
 * @param rowBytes a multiple of 16
 */
export function differencesFromMean(numCandidates: u32, numShown: u32, rows: usize, rowBytes: usize): void {
  const candidates = candidateItems;
  const shown = shownItems;
  let out = differences;
  const mean = out + <usize>numShown * rowBytes;
  memory.fill(mean, 0, rowBytes);
  for (let at: usize = 0; at < (<usize>numCandidates) << 2; at += 4) {
    addScaled(mean, rows + <usize>load<u32>(candidates + at) * rowBytes, 1, rowBytes);
  }
  const share = f32x4.splat(-1 / <f32>numCandidates);
  for (let d: usize = 0; d < rowBytes; d += 16) v128.store(mean + d, f32x4.mul(v128.load(mean + d), share));
  for (let at: usize = 0; at < (<usize>numShown) << 2; at += 4, out += rowBytes) {
    memory.copy(out, rows + <usize>load<u32>(shown + at) * rowBytes, rowBytes);
    addScaled(out, mean, 1, rowBytes);
  }
}

/**
 * Adds to the terms weight_h · the inner products of each of the history's rows with the differences.
 * @param numPlaces how many of these, a multiple of 4
 */
export function explainDense(count: u32, rows: usize, rowBytes: usize, numPlaces: u32): void {
  const entries = history;
  const factors = weights;
  const vectors = differences;
  let out = terms;
  for (let h: usize = 0; h < (<usize>count) << 2; h += 4) {
    const factor = f32x4.splat(load<f32>(factors + h));
    const row = rows + <usize>load<u32>(entries + h) * rowBytes;
    let at = vectors;
    for (let place: u32 = 0; place < numPlaces; place += 4, at += 4 * rowBytes, out += 16) {
      v128.store(out, f32x4.add(v128.load(out), f32x4.mul(factor, dotFour(at, row, rowBytes))));
    }
  }
}

// @inline
function demote(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
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
