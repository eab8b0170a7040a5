/**
 * The half-steps of implicit ALS, twin of engine/src/models/implicitALS/reference.ts. Vectors are rows of `dim` numbers, a
 * multiple of 8 filled up with zeros; matrices [dim × dim] hold their part on and above the diagonal.
 *
 * Every vector is solved for by one thread in one order: the same bytes from any number of threads.
 */
import { addScaled, dot } from './lib/dot.ts';
import { nextChunk } from './lib/queue.ts';
import { nextFloat, nextWord, openSettings } from './lib/settings.ts';
import { addTile } from './lib/tile.ts';

/** Vectors gathered before their outer products are added. */
const GATHERED: i32 = 64;
const CHUNK: u32 = 8;

/** G = QᵀQ of the vectors Q [n × dim]; a chunk is 8 rows of G. */
export function gramian(counter: usize, vectors: usize, n: i32, dim: i32, gram: usize): void {
  const stride = (<usize>dim) << 2;
  for (let chunk = nextChunk(counter); chunk < u32(dim >> 3); chunk = nextChunk(counter)) {
    const first = (<usize>chunk) << 5;
    memory.fill(gram + first * <usize>dim, 0, stride << 3);
    for (let start = 0; start < n; start += GATHERED) {
      const depth = min(GATHERED, n - start);
      addUpper(gram, vectors + <usize>start * stride, stride, depth, first, first + 32);
    }
  }
}

/** Adds AᵀA of the rows A [depth × dim] to the rows of a matrix from byte `first` to byte `end` of a row's width. */
// @inline
function addUpper(matrix: usize, rows: usize, stride: usize, depth: i32, first: usize, end: usize): void {
  for (let row = first; row < end; row += 16) {
    const to = matrix + (row >> 2) * stride;
    for (let column = row & ~31; column < stride; column += 32) {
      addTile(to + column, stride, rows + row, stride, rows + column, stride, depth, 1);
    }
  }
}

/**
 * Solves (Σ w q qᵀ + α₀ G + penalty · I) p = Σ w q for each row of a sparse matrix (`offsets`, `columns`, `weights`, all
 * of them 1 where that is 0) into `out` [numRows × dim], and writes the least value reached, Σ w − (Σ w q)·p, to `least`
 * (f64): not a number where there is no solution. `scratch` has (dim + 67) · dim numbers a thread, which draws its place
 * from `places`.
 */
export function solveRows(settings: usize): void {
  openSettings(settings);
  const counter: usize = nextWord();
  const places: usize = nextWord();
  const scratch: usize = nextWord();
  const offsets: usize = nextWord();
  const columns: usize = nextWord();
  const weights: usize = nextWord();
  const numRows: u32 = nextWord();
  const vectors: usize = nextWord();
  const dim: i32 = nextWord();
  const gram: usize = nextWord();
  const unobservedWeight: f32 = nextFloat();
  const penalties: usize = nextWord();
  const out: usize = nextWord();
  const least: usize = nextWord();
  const stride = (<usize>dim) << 2;
  const matrix = scratch + <usize>nextChunk(places) * <usize>(dim + GATHERED + 3) * stride;
  const gathered = matrix + <usize>dim * stride;
  const target = gathered + <usize>GATHERED * stride;
  const remainder = target + stride;
  const halfway = remainder + stride;
  for (let start = nextChunk(counter) * CHUNK; start < numRows; start = nextChunk(counter) * CHUNK) {
    const end = min(start + CHUNK, numRows);
    for (let row = start; row < end; row++) {
      const from = load<i32>(offsets + ((<usize>row) << 2));
      const to = load<i32>(offsets + ((<usize>row) << 2), 4);
      const solution = out + <usize>row * stride;
      memory.fill(solution, 0, stride);
      store<f64>(least + ((<usize>row) << 3), 0);
      memory.fill(matrix, 0, <usize>dim * stride);
      addScaled(matrix, gram, unobservedWeight, <usize>dim * stride);
      memory.fill(target, 0, stride);
      let count: f64 = 0;
      for (let entry = from; entry < to; entry += GATHERED) {
        const depth = min(GATHERED, to - entry);
        count += gather(gathered, target, columns, weights, entry, depth, vectors, stride);
        addUpper(matrix, gathered, stride, depth, 0, stride);
      }
      if (count === 0) continue;
      const penalty = load<f32>(penalties + ((<usize>row) << 2));
      for (let d: usize = 0; d < stride; d += 4) {
        const diagonal = matrix + (d >> 2) * stride + d;
        store<f32>(diagonal, load<f32>(diagonal) + penalty);
      }
      if (!factorUpper(matrix, dim)) {
        store<f64>(least + ((<usize>row) << 3), NaN);
        continue;
      }
      memory.copy(remainder, target, stride);
      solveUpper(matrix, stride, remainder, halfway, solution);
      store<f64>(least + ((<usize>row) << 3), count - <f64>dot(target, solution, stride));
    }
  }
}

/** Copies the vectors of `depth` entries, each times √w, adds w times each to `target`, and returns Σ w. */
// @inline
function gather(
  gathered: usize,
  target: usize,
  columns: usize,
  weights: usize,
  entry: i32,
  depth: i32,
  vectors: usize,
  stride: usize,
): f64 {
  let count: f64 = 0;
  for (let k = 0; k < depth; k++) {
    const at = (<usize>(entry + k)) << 2;
    const vector = vectors + <usize>load<i32>(columns + at) * stride;
    const copy = gathered + <usize>k * stride;
    if (weights === 0) {
      memory.copy(copy, vector, stride);
      addScaled(target, vector, 1, stride);
      count += 1;
    } else {
      const weight = load<f32>(weights + at);
      memory.fill(copy, 0, stride);
      addScaled(copy, vector, sqrt(weight), stride);
      addScaled(target, vector, weight, stride);
      count += weight;
    }
  }
  return count;
}

/**
 * Cholesky factor R on and above the diagonal, matrix = RᵀR, eight rows at a time: first all rows above are taken off
 * them, then they are finished among themselves. False where a pivot is not positive and finite.
 */
function factorUpper(matrix: usize, dim: i32): bool {
  const stride = (<usize>dim) << 2;
  for (let first = 0; first < dim; first += 8) {
    const left = (<usize>first) << 2;
    const rows = matrix + <usize>first * stride;
    for (let column = left; column < stride; column += 32) {
      addTile(rows + column, stride, matrix + left, stride, matrix + column, stride, first, -1);
      addTile(
        rows + 4 * stride + column,
        stride,
        matrix + left + 16,
        stride,
        matrix + column,
        stride,
        first,
        -1,
      );
    }
    for (let row = 0; row < 8; row++) {
      const from = rows + <usize>row * stride + left;
      for (let above = 0; above < row; above++) {
        const other = rows + <usize>above * stride + left;
        addScaled(from, other, -load<f32>(other + ((<usize>row) << 2)), stride - left);
      }
      const pivot = load<f32>(from + ((<usize>row) << 2));
      if (!(pivot > 0 && pivot < Infinity)) return false;
      const scale = f32x4.splat(1 / sqrt(pivot));
      for (let at: usize = 0; at < stride - left; at += 16) {
        v128.store(from + at, f32x4.mul(scale, v128.load(from + at)));
      }
    }
  }
  return true;
}

/**
 * Solves RᵀR x = b. `remainder` holds b and is used up, `halfway` receives R⁻ᵀb, and `solution` must hold zeros. Whole
 * groups of four are worked on: what lies left of the diagonal reaches only numbers that are used no more, or meets zeros.
 */
// @inline
function solveUpper(matrix: usize, stride: usize, remainder: usize, halfway: usize, solution: usize): void {
  for (let d: usize = 0; d < stride; d += 4) {
    const row = matrix + (d >> 2) * stride;
    const value = load<f32>(remainder + d) / load<f32>(row + d);
    store<f32>(halfway + d, value);
    const aligned = d & ~15;
    addScaled(remainder + aligned, row + aligned, -value, stride - aligned);
  }
  for (let d = stride; d > 0;) {
    d -= 4;
    const row = matrix + (d >> 2) * stride;
    const aligned = d & ~15;
    const known = dot(row + aligned, solution + aligned, stride - aligned);
    store<f32>(solution + d, (load<f32>(halfway + d) - known) / load<f32>(row + d));
  }
}
