/**
 * The layers of a transformer and the way back through them (engine/src/models/sequence/layers.ts says what they compute), on
 * rows of d numbers, one per token, for training and for encoding alike. Sizes are multiples of 8; a history's tokens are
 * padded to a multiple of 4, and what the padding computes is not read.
 */
import { sumLanes } from './dot.ts';
import { multiply } from './multiply.ts';
import { exp4 } from './sigmoid.ts';

/** Queries whose looks at keys are computed together; only of these blocks does causality leave work undone. */
const QUERIES: i32 = 16;
const NORM_EPSILON: f32 = 1e-6;

/** [rows × columns], both multiples of 4, to its transpose; strides in bytes. */
export function transposeTo(
  rows: i32,
  columns: i32,
  from: usize,
  fromRow: usize,
  to: usize,
  toRow: usize,
): void {
  for (let row = 0; row < rows; row += 4) {
    let source = from + <usize>row * fromRow;
    let target = to + ((<usize>row) << 2);
    for (let column = 0; column < columns; column += 4) {
      const a = v128.load(source);
      const b = v128.load(source + fromRow);
      const c = v128.load(source + 2 * fromRow);
      const d = v128.load(source + 3 * fromRow);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      v128.store(target + toRow, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
      v128.store(target + 2 * toRow, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
      v128.store(target + 3 * toRow, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
      source += 16;
      target += 4 * toRow;
    }
  }
}

/**
 * Layer normalisation of n rows of `bytes`.
 * @param norm scale, then shift
 * @param standard [n × d] gets the rows of mean 0 and variance 1
 * @param inverse [n] gets 1 / deviation
 */
export function normaliseRows(
  n: i32,
  bytes: usize,
  x: usize,
  norm: usize,
  standard: usize,
  inverse: usize,
  y: usize,
): void {
  const share = <f32>4 / <f32>bytes;
  const shift = norm + bytes;
  for (let row = 0; row < n; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
    const mean = f32x4.splat(sumLanes(sum) * share);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const difference = f32x4.sub(v128.load(x + at), mean);
      squares = f32x4.add(squares, f32x4.mul(difference, difference));
    }
    const scale = <f32>1 / Mathf.sqrt(sumLanes(squares) * share + NORM_EPSILON);
    store<f32>(inverse, scale);
    const scale4 = f32x4.splat(scale);
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = f32x4.mul(f32x4.sub(v128.load(x + at), mean), scale4);
      v128.store(standard + at, value);
      v128.store(y + at, f32x4.add(f32x4.mul(v128.load(norm + at), value), v128.load(shift + at)));
    }
    x += bytes;
    standard += bytes;
    y += bytes;
    inverse += 4;
  }
}

/** The way back from {@link normaliseRows}: adds to dx [n × d] and to the norm's gradient. */
export function addNormBackward(
  n: i32,
  bytes: usize,
  dy: usize,
  standard: usize,
  inverse: usize,
  norm: usize,
  dNorm: usize,
  dx: usize,
): void {
  const share = <f32>4 / <f32>bytes;
  const dShift = dNorm + bytes;
  for (let row = 0; row < n; row++) {
    let sum = f32x4.splat(0);
    let slopes = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const slope = v128.load(dy + at);
      const value = v128.load(standard + at);
      const scaled = f32x4.mul(slope, v128.load(norm + at));
      sum = f32x4.add(sum, scaled);
      slopes = f32x4.add(slopes, f32x4.mul(scaled, value));
      addTo(dNorm + at, f32x4.mul(slope, value));
      addTo(dShift + at, slope);
    }
    const mean = f32x4.splat(sumLanes(sum) * share);
    const along = f32x4.splat(sumLanes(slopes) * share);
    const scale = v128.load32_splat(inverse);
    for (let at: usize = 0; at < bytes; at += 16) {
      const scaled = f32x4.mul(v128.load(dy + at), v128.load(norm + at));
      const rest = f32x4.sub(f32x4.sub(scaled, mean), f32x4.mul(along, v128.load(standard + at)));
      addTo(dx + at, f32x4.mul(scale, rest));
    }
    dy += bytes;
    standard += bytes;
    dx += bytes;
    inverse += 4;
  }
}

/** Bytes of a row of looks at n tokens. */
// @inline
export function looksRow(n: i32): usize {
  return (<usize>((n + 7) & ~7)) << 2;
}

/**
 * Causal attention of one history, n tokens, a multiple of 4.
 * @param from the first token that looks, a multiple of 4; 0 for all
 * @param projected [n × 3d] queries, keys, values
 * @param biases [heads × columns] added to the score of a look back by columns − 1 − column tokens; none with 0 columns
 * @param looks [heads × n × n8] gets each token's share of looks at those up to itself, 0 at those beyond
 * @param turned [d/heads × n8] for this function's use
 * @param y [n × d]
 */
export function attend(
  n: i32,
  from: i32,
  d: i32,
  heads: i32,
  projected: usize,
  biases: usize,
  biasColumns: i32,
  looks: usize,
  turned: usize,
  y: usize,
): void {
  const width = d / heads;
  const row = (<usize>d) << 2;
  const projectedRow = 3 * row;
  const looksBytes = looksRow(n);
  const scale = <f32>1 / Mathf.sqrt(<f32>width);
  for (let head = 0; head < heads; head++) {
    const offset = (<usize>(head * width)) << 2;
    const queries = projected + offset;
    const values = queries + 2 * row;
    turn(n, width, queries + row, projectedRow, turned);
    for (let first = from; first < n; first += QUERIES) {
      const m = min(QUERIES, n - first);
      const columns = (first + m + 7) & ~7;
      const query = queries + <usize>first * projectedRow;
      const block = looks + <usize>first * looksBytes;
      multiply(m, columns, width, query, projectedRow, 4, turned, looksBytes, block, looksBytes, false);
      for (let t = 0; t < m; t++) {
        const bias = biasColumns > 0 ? biasOf(biases, biasColumns, head, first + t) : 0;
        softmax(block + <usize>t * looksBytes, first + t + 1, columns, scale, bias);
      }
      const target = y + offset + <usize>first * row;
      multiply(m, width, first + m, block, looksBytes, 4, values, projectedRow, target, row, false);
    }
    looks += <usize>n * looksBytes;
  }
}

/** Writes the transpose of n rows of a head, with zeros beyond n. */
function turn(n: i32, width: i32, from: usize, fromRow: usize, turned: usize): void {
  const bytes = looksRow(n);
  transposeTo(n, width, from, fromRow, turned, bytes);
  if ((n & 7) === 0) return;
  const end = turned + ((<usize>n) << 2);
  for (let c = 0; c < width; c++) v128.store(end + <usize>c * bytes, f32x4.splat(0));
}

/** The address of the bias of a token's look at the first one, behind which those of its looks at the next ones stand. */
// @inline
function biasOf(biases: usize, columns: i32, head: i32, token: i32): usize {
  return biases + ((<usize>((head + 1) * columns - 1 - token)) << 2);
}

/**
 * Replaces the first `count` scores by their softmax, after scaling, and the others of `columns` by 0.
 * @param bias of the first score, or 0 for none
 */
function softmax(scores: usize, count: i32, columns: i32, scale: f32, bias: usize): void {
  const end = (<usize>count) << 2;
  const whole = (end + 15) & ~15;
  for (let at = end; at < whole; at += 4) store<f32>(scores + at, -1e30);
  const scale4 = f32x4.splat(scale);
  let most = f32x4.splat(-1e30);
  for (let at: usize = 0; at < whole; at += 16) {
    let score = f32x4.mul(scale4, v128.load(scores + at));
    if (bias !== 0) score = f32x4.add(score, v128.load(bias + at));
    v128.store(scores + at, score);
    most = f32x4.max(most, score);
  }
  const top = f32x4.splat(maxLanes(most));
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16) {
    const value = exp4(f32x4.sub(v128.load(scores + at), top));
    v128.store(scores + at, value);
    sum = f32x4.add(sum, value);
  }
  const share = f32x4.splat(<f32>1 / sumLanes(sum));
  for (let at: usize = 0; at < whole; at += 16) {
    v128.store(scores + at, f32x4.mul(share, v128.load(scores + at)));
  }
  const all = (<usize>columns) << 2;
  for (let at = end; at < all; at += 4) store<f32>(scores + at, 0);
}

/** The largest of the four lanes. */
// @inline
export function maxLanes(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/**
 * The way back from {@link attend}.
 * @param dy [n × d]
 * @param dBiases [heads × columns] added to
 * @param slopes [n × n8] for this function's use
 * @param dProjected [n × 3d] overwritten
 */
export function attendBackward(
  n: i32,
  d: i32,
  heads: i32,
  dy: usize,
  projected: usize,
  biasColumns: i32,
  dBiases: usize,
  looks: usize,
  y: usize,
  turned: usize,
  slopes: usize,
  dProjected: usize,
): void {
  const width = d / heads;
  const row = (<usize>d) << 2;
  const projectedRow = 3 * row;
  const looksBytes = looksRow(n);
  const scale = <f32>1 / Mathf.sqrt(<f32>width);
  for (let head = 0; head < heads; head++) {
    const offset = (<usize>(head * width)) << 2;
    const queries = projected + offset;
    const keys = queries + row;
    const dOut = dy + offset;
    const dQueries = dProjected + offset;
    turn(n, width, keys + row, projectedRow, turned);
    for (let first = 0; first < n; first += QUERIES) {
      const m = min(QUERIES, n - first);
      const columns = (first + m + 7) & ~7;
      const dRows = dOut + <usize>first * row;
      const block = slopes + <usize>first * looksBytes;
      multiply(m, columns, width, dRows, row, 4, turned, looksBytes, block, looksBytes, false);
      for (let t = 0; t < m; t++) {
        const own = <usize>t * row;
        const through = dotRows(dRows + own, y + offset + <usize>first * row + own, (<usize>width) << 2);
        const at = <usize>t * looksBytes;
        const dBias = biasColumns > 0 ? biasOf(dBiases, biasColumns, head, first + t) : 0;
        const look = looks + <usize>first * looksBytes + at;
        softmaxBackward(block + at, look, first + t + 1, columns, through, scale, dBias);
      }
      const target = dQueries + <usize>first * projectedRow;
      multiply(m, width, first + m, block, looksBytes, 4, keys, projectedRow, target, projectedRow, false);
    }
    for (let first = 0; first < n; first += QUERIES) {
      const m = min(QUERIES, n - first);
      const rest = n - first;
      const diagonal = <usize>first * looksBytes + ((<usize>first) << 2);
      const query = queries + <usize>first * projectedRow;
      const dKey = dQueries + row + <usize>first * projectedRow;
      multiply(
        m,
        width,
        rest,
        slopes + diagonal,
        4,
        looksBytes,
        query,
        projectedRow,
        dKey,
        projectedRow,
        false,
      );
      const dRows = dOut + <usize>first * row;
      multiply(m, width, rest, looks + diagonal, 4, looksBytes, dRows, row, dKey + row, projectedRow, false);
    }
    looks += <usize>n * looksBytes;
  }
}

/**
 * slope = look · (slope − through) · scale, for each of `columns`.
 * @param dBias the gradient of the first of `count` biases, to which is added, or 0 for none
 */
function softmaxBackward(
  slopes: usize,
  looks: usize,
  count: i32,
  columns: i32,
  through: f32,
  scale: f32,
  dBias: usize,
): void {
  const through4 = f32x4.splat(through);
  const scale4 = f32x4.splat(scale);
  const counted = (<usize>count) << 2;
  const bytes = (<usize>columns) << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const slope = f32x4.mul(v128.load(looks + at), f32x4.sub(v128.load(slopes + at), through4));
    if (dBias !== 0 && at < counted) addTo(dBias + at, slope);
    v128.store(slopes + at, f32x4.mul(slope, scale4));
  }
}

// @inline
function dotRows(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return sumLanes(sum);
}

/** Fills n rows with one. */
export function fillRows(n: i32, bytes: usize, row: usize, to: usize): void {
  for (let t = 0; t < n; t++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(row + at));
    to += bytes;
  }
}

/** target += source, `bytes` of each, a multiple of 16. */
export function addRows(bytes: usize, source: usize, target: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) addTo(target + at, v128.load(source + at));
}

/** Adds n rows up. */
export function addRowSums(n: i32, bytes: usize, rows: usize, sums: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = v128.load(sums + at);
    let from = rows + at;
    for (let t = 0; t < n; t++) {
      sum = f32x4.add(sum, v128.load(from));
      from += bytes;
    }
    v128.store(sums + at, sum);
  }
}

export function rectify(values: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(values + at, f32x4.max(v128.load(values + at), zero));
  }
}

/** Sets to 0 the slopes where {@link rectify} made 0. */
export function rectifyBackward(slopes: usize, values: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(slopes + at, v128.and(f32x4.gt(v128.load(values + at), zero), v128.load(slopes + at)));
  }
}

// @inline
function addTo(target: usize, value: v128): void {
  v128.store(target, f32x4.add(v128.load(target), value));
}
