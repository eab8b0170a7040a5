/**
 * The steps of EASE, twin of engine/src/models/ease/reference.ts. X stands by item and by user, as offsets, columns, values.
 *
 * Every row is computed by one thread in one order: the same bytes from any number of threads.
 */
import { addScaled } from './lib/dot.ts';
import { factorPivot, finishInverse, solvePanel, updateRest } from './lib/positiveDefinite.ts';
import { nextChunk } from './lib/queue.ts';
import { keepStrongest } from './lib/strongest.ts';

export { factorPivot, finishInverse, solvePanel, updateRest };

/** Items whose rows are computed together in the dual form. */
const TOGETHER: u32 = 8;

/** M += L · R for the sparse matrices L and R; row r of M lies at matrix + r · stride. A chunk is 8 rows. */
export function addProduct(
  counter: usize,
  leftOffsets: usize,
  leftColumns: usize,
  leftValues: usize,
  rightOffsets: usize,
  rightColumns: usize,
  rightValues: usize,
  numRows: u32,
  matrix: usize,
  stride: usize,
): void {
  for (let start = nextChunk(counter) * 8; start < numRows; start = nextChunk(counter) * 8) {
    const end = min(start + 8, numRows);
    for (let row = start; row < end; row++) {
      const to = matrix + <usize>row * stride;
      const last = word(leftOffsets, row + 1);
      for (let entry = word(leftOffsets, row); entry < last; entry++) {
        const inner = word(leftColumns, entry);
        const value = number(leftValues, entry);
        const stop = word(rightOffsets, inner + 1);
        for (let other = word(rightOffsets, inner); other < stop; other++) {
          const at = to + ((<usize>word(rightColumns, other)) << 2);
          store<f32>(at, load<f32>(at) + value * number(rightValues, other));
        }
      }
    }
  }
}

// @inline
function word(array: usize, index: u32): u32 {
  return load<u32>(array + ((<usize>index) << 2));
}

// @inline
function number(array: usize, index: u32): f32 {
  return load<f32>(array + ((<usize>index) << 2));
}

/**
 * Turns rows of P into rows of B, P[i, j] · scales[j], in place, and keeps the strongest of each. A chunk is 8 rows.
 */
export function primalRows(
  counter: usize,
  matrix: usize,
  stride: usize,
  n: u32,
  scales: usize,
  k: u32,
  places: usize,
  kept: usize,
): void {
  for (let start = nextChunk(counter) * 8; start < n; start = nextChunk(counter) * 8) {
    const end = min(start + 8, n);
    for (let item = start; item < end; item++) {
      const row = matrix + <usize>item * stride;
      for (let at: usize = 0; at < stride; at += 16) {
        v128.store(row + at, f32x4.mul(v128.load(row + at), v128.load(scales + at)));
      }
      const to = (<usize>item * <usize>k) << 2;
      keepStrongest(row, n, item, k, places + to, kept + to);
    }
  }
}

/** explained[j] = x_jᵀ K x_j, x_j being the users of item j and K [users × users], rows of `stride` bytes. */
export function dualDiagonal(
  counter: usize,
  threads: usize,
  scratch: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  n: u32,
  matrix: usize,
  stride: usize,
  explained: usize,
): void {
  const projection = scratch + <usize>nextChunk(threads) * dualScratch(stride, n);
  for (let item = nextChunk(counter); item < n; item = nextChunk(counter)) {
    project(projection, offsets, columns, values, item, matrix, stride);
    let sum: f64 = 0;
    const last = word(offsets, item + 1);
    for (let entry = word(offsets, item); entry < last; entry++) {
      sum += <f64>number(values, entry) * <f64>number(projection, word(columns, entry));
    }
    store<f64>(explained + ((<usize>item) << 3), sum);
  }
}

/** Bytes of scratch a thread needs in the dual form. */
// @inline
function dualScratch(stride: usize, n: u32): usize {
  return 2 * TOGETHER * stride + ((<usize>n * TOGETHER) << 2);
}

/** projection = K x_item. */
function project(
  projection: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  item: u32,
  matrix: usize,
  stride: usize,
): void {
  memory.fill(projection, 0, stride);
  const last = word(offsets, item + 1);
  for (let entry = word(offsets, item); entry < last; entry++) {
    addScaled(projection, matrix + <usize>word(columns, entry) * stride, number(values, entry), stride);
  }
}

/** Rows of B in the dual form, (x_iᵀ K x_j) · scales[j], of which the strongest are kept. A chunk is 8 rows. */
export function dualRows(
  counter: usize,
  threads: usize,
  scratch: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  n: u32,
  matrix: usize,
  stride: usize,
  scales: usize,
  k: u32,
  places: usize,
  kept: usize,
): void {
  const projections = scratch + <usize>nextChunk(threads) * dualScratch(stride, n);
  const sideBySide = projections + TOGETHER * stride;
  const rows = sideBySide + TOGETHER * stride;
  for (let start = nextChunk(counter) * TOGETHER; start < n; start = nextChunk(counter) * TOGETHER) {
    const count = min(TOGETHER, n - start);
    for (let index: u32 = 0; index < count; index++) {
      const projection = projections + <usize>index * stride;
      project(projection, offsets, columns, values, start + index, matrix, stride);
      for (let at: usize = 0; at < stride; at += 4) {
        store<f32>(sideBySide + at * TOGETHER + ((<usize>index) << 2), load<f32>(projection + at));
      }
    }
    for (let target: u32 = 0; target < n; target++) {
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      const last = word(offsets, target + 1);
      for (let entry = word(offsets, target); entry < last; entry++) {
        const from = sideBySide + <usize>word(columns, entry) * 4 * TOGETHER;
        const value = v128.load32_splat(values + ((<usize>entry) << 2));
        low = f32x4.add(low, f32x4.mul(value, v128.load(from)));
        high = f32x4.add(high, f32x4.mul(value, v128.load(from, 16)));
      }
      const scale = v128.load32_splat(scales + ((<usize>target) << 2));
      scatter(rows + ((<usize>target) << 2), (<usize>n) << 2, f32x4.mul(low, scale));
      scatter(
        rows + (((<usize>n) << 2) << 2) + ((<usize>target) << 2),
        (<usize>n) << 2,
        f32x4.mul(high, scale),
      );
    }
    for (let index: u32 = 0; index < count; index++) {
      const to = (<usize>(start + index) * <usize>k) << 2;
      keepStrongest(rows + <usize>index * ((<usize>n) << 2), n, start + index, k, places + to, kept + to);
    }
  }
}

/** The four lanes to four rows. */
// @inline
function scatter(to: usize, stride: usize, lanes: v128): void {
  store<f32>(to, f32x4.extract_lane(lanes, 0));
  store<f32>(to + stride, f32x4.extract_lane(lanes, 1));
  store<f32>(to + 2 * stride, f32x4.extract_lane(lanes, 2));
  store<f32>(to + 3 * stride, f32x4.extract_lane(lanes, 3));
}
