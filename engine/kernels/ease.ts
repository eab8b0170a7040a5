/**
 * The steps of EASE, twin of engine/src/models/ease/reference.ts. X stands by item and by user, as offsets, columns, values.
 *
 * Every row is computed by one thread in one order: the same bytes from any number of threads.
 */
import { addScaled } from './lib/dot.ts';
import { factorPivot, finishInverse, solvePanel, updateRest } from './lib/positiveDefinite.ts';
import { nextChunk } from './lib/queue.ts';
import { nextWord, openSettings } from './lib/settings.ts';
import { keepStrongest } from './lib/strongest.ts';

export { factorPivot, finishInverse, solvePanel, updateRest };

/** Items whose rows are computed together in the dual form. */
const TOGETHER: u32 = 8;

// The settings; V8 reads a global anew at each use, so that inner loops take locals.
/** The next chunk of the job, and the next thread's place. */
let counter: usize = 0;
let threadPlaces: usize = 0;
let scratch: usize = 0;
/** The factors of the matrix that is inverted: Xᵀ X in the primal form, X Xᵀ in the dual one, where the right one is by item. */
let leftOffsets: usize = 0;
let leftColumns: usize = 0;
let leftValues: usize = 0;
let rightOffsets: usize = 0;
let rightColumns: usize = 0;
let rightValues: usize = 0;
let numLeft: u32 = 0;
let numItems: u32 = 0;
let matrix: usize = 0;
/** Bytes of a row of the matrix. */
let stride: usize = 0;
/** [items] x_jᵀ K x_j, f64. */
let explained: usize = 0;
/** [items] f32. */
let scales: usize = 0;
/** The number of weights of a row that are kept, their items and the weights themselves. */
let keptWidth: u32 = 0;
let keptPlaces: usize = 0;
let keptWeights: usize = 0;

function configure(settings: usize): void {
  openSettings(settings);
  counter = nextWord();
  threadPlaces = nextWord();
  scratch = nextWord();
  leftOffsets = nextWord();
  leftColumns = nextWord();
  leftValues = nextWord();
  rightOffsets = nextWord();
  rightColumns = nextWord();
  rightValues = nextWord();
  numLeft = nextWord();
  numItems = nextWord();
  matrix = nextWord();
  stride = nextWord();
  explained = nextWord();
  scales = nextWord();
  keptWidth = nextWord();
  keptPlaces = nextWord();
  keptWeights = nextWord();
}

/** M += L · R for the sparse matrices L and R; row r of M lies at matrix + r · stride. A chunk is 8 rows. */
export function addProduct(settings: usize): void {
  configure(settings);
  const offsets = rightOffsets;
  const columns = rightColumns;
  const values = rightValues;
  for (let start = nextChunk(counter) * 8; start < numLeft; start = nextChunk(counter) * 8) {
    const end = min(start + 8, numLeft);
    for (let row = start; row < end; row++) {
      const to = matrix + <usize>row * stride;
      const last = word(leftOffsets, row + 1);
      for (let entry = word(leftOffsets, row); entry < last; entry++) {
        const inner = word(leftColumns, entry);
        const value = number(leftValues, entry);
        const stop = word(offsets, inner + 1);
        for (let other = word(offsets, inner); other < stop; other++) {
          const at = to + ((<usize>word(columns, other)) << 2);
          store<f32>(at, load<f32>(at) + value * number(values, other));
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
export function primalRows(settings: usize): void {
  configure(settings);
  const n = numItems;
  const factors = scales;
  for (let start = nextChunk(counter) * 8; start < n; start = nextChunk(counter) * 8) {
    const end = min(start + 8, n);
    for (let item = start; item < end; item++) {
      const row = matrix + <usize>item * stride;
      for (let at: usize = 0; at < stride; at += 16) {
        v128.store(row + at, f32x4.mul(v128.load(row + at), v128.load(factors + at)));
      }
      const to = (<usize>item * <usize>keptWidth) << 2;
      keepStrongest(row, n, item, keptWidth, keptPlaces + to, keptWeights + to);
    }
  }
}

/** explained[j] = x_jᵀ K x_j, x_j being the users of item j and K [users × users], rows of `stride` bytes. */
export function dualDiagonal(settings: usize): void {
  configure(settings);
  const n = numItems;
  const projection = scratch + <usize>nextChunk(threadPlaces) * dualScratch(stride, n);
  for (let item = nextChunk(counter); item < n; item = nextChunk(counter)) {
    project(projection, item);
    let sum: f64 = 0;
    const last = word(rightOffsets, item + 1);
    for (let entry = word(rightOffsets, item); entry < last; entry++) {
      sum += <f64>number(rightValues, entry) * <f64>number(projection, word(rightColumns, entry));
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
function project(projection: usize, item: u32): void {
  memory.fill(projection, 0, stride);
  const last = word(rightOffsets, item + 1);
  for (let entry = word(rightOffsets, item); entry < last; entry++) {
    const row = matrix + <usize>word(rightColumns, entry) * stride;
    addScaled(projection, row, number(rightValues, entry), stride);
  }
}

/** Rows of B in the dual form, (x_iᵀ K x_j) · scales[j], of which the strongest are kept. A chunk is 8 rows. */
export function dualRows(settings: usize): void {
  configure(settings);
  const n = numItems;
  const offsets = rightOffsets;
  const columns = rightColumns;
  const values = rightValues;
  const factors = scales;
  const projections = scratch + <usize>nextChunk(threadPlaces) * dualScratch(stride, n);
  const sideBySide = projections + TOGETHER * stride;
  const rows = sideBySide + TOGETHER * stride;
  for (let start = nextChunk(counter) * TOGETHER; start < n; start = nextChunk(counter) * TOGETHER) {
    const count = min(TOGETHER, n - start);
    for (let index: u32 = 0; index < count; index++) {
      const projection = projections + <usize>index * stride;
      project(projection, start + index);
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
      const scale = v128.load32_splat(factors + ((<usize>target) << 2));
      scatter(rows + ((<usize>target) << 2), (<usize>n) << 2, f32x4.mul(low, scale));
      scatter(
        rows + (((<usize>n) << 2) << 2) + ((<usize>target) << 2),
        (<usize>n) << 2,
        f32x4.mul(high, scale),
      );
    }
    for (let index: u32 = 0; index < count; index++) {
      const to = (<usize>(start + index) * <usize>keptWidth) << 2;
      keepStrongest(
        rows + <usize>index * ((<usize>n) << 2),
        n,
        start + index,
        keptWidth,
        keptPlaces + to,
        keptWeights + to,
      );
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
