/**
 * Cholesky factor and inverse of a symmetric positive definite matrix M [n × n], n a multiple of 64, by blocks of 64.
 *
 * Only the blocks on and above the diagonal are read and written. Both go through the block columns K one by one in
 * three jobs: `factorPivot` (M_KK = RᵀR), `solvePanel` (Y = R⁻ᵀ M_K,·) and `updateRest` (M −= YᵀY elsewhere). The factor
 * stops at the blocks after K and keeps Y; the inverse goes on over those before K as well, which are minus the inverse
 * of what was passed (Gauss-Jordan elimination as a symmetric sweep; Goodnight 1979), and keeps R⁻¹Y.
 *
 * Every block is computed by one thread in one order: the same bytes from any number of threads.
 */
import { BLOCK, BLOCK_BYTES, BLOCK_ROW, addBlock, copyBlock, transposeBlock } from './blocks.ts';
import { nextChunk } from './queue.ts';

/** Bytes of scratch for a matrix of n rows and a number of threads: panel, R⁻¹ both ways, and two blocks a thread. */
// @inline
export function panelBlock(scratch: usize, index: u32): usize {
  return scratch + <usize>(2 + index) * BLOCK_BYTES;
}

/**
 * First job of block K: M_KK becomes R (factor) or −M_KK⁻¹ (inverse); R⁻¹ and its transpose go to the scratch's start.
 *
 * In float64, which the 64 × 64 numbers of f64 at `wide` hold. Sets the word at `failed` where a pivot is not positive.
 */
export function factorPivot(
  counter: usize,
  matrix: usize,
  stride: usize,
  pivot: u32,
  scratch: usize,
  wide: usize,
  failed: usize,
  inverting: bool,
): void {
  if (nextChunk(counter) > 0) return;
  const block = matrix + <usize>pivot * (BLOCK as usize) * stride + <usize>pivot * BLOCK_ROW;
  for (let row = 0; row < BLOCK; row++) {
    for (let column = row; column < BLOCK; column++) {
      let sum: f64 = load<f32>(block + <usize>row * stride + ((<usize>column) << 2));
      for (let k = 0; k < row; k++) sum -= at(wide, k, row) * at(wide, k, column);
      if (column === row) {
        if (!(sum > 0 && sum < Infinity)) store<i32>(failed, 1);
        put(wide, row, row, sqrt(sum));
      } else put(wide, row, column, sum / at(wide, row, row));
    }
  }
  if (!inverting) {
    for (let row = 0; row < BLOCK; row++) {
      for (let column = row; column < BLOCK; column++) {
        store<f32>(block + <usize>row * stride + ((<usize>column) << 2), f32(at(wide, row, column)));
      }
    }
  }
  invertTriangle(wide);
  for (let row = 0; row < BLOCK; row++) {
    for (let column = 0; column < BLOCK; column++) {
      const value = column < row ? f32(0) : f32(at(wide, row, column));
      store<f32>(scratch + <usize>((row * BLOCK + column) << 2), value);
      store<f32>(scratch + BLOCK_BYTES + <usize>((column * BLOCK + row) << 2), value);
    }
  }
  if (!inverting) return;
  for (let row = 0; row < BLOCK; row++) {
    for (let column = row; column < BLOCK; column++) {
      let sum: f64 = 0;
      for (let k = column; k < BLOCK; k++) sum -= at(wide, row, k) * at(wide, column, k);
      store<f32>(block + <usize>row * stride + ((<usize>column) << 2), f32(sum));
      store<f32>(block + <usize>column * stride + ((<usize>row) << 2), f32(sum));
    }
  }
}

/** R becomes R⁻¹, column by column from the right, so that what a column needs of R still stands. */
function invertTriangle(wide: usize): void {
  for (let column = BLOCK - 1; column >= 0; column--) {
    const diagonal = 1 / at(wide, column, column);
    for (let row = column - 1; row >= 0; row--) {
      // R[row, row] · X[row, column] = −Σ_{row < k ≤ column} R[row, k] · X[k, column]; below the diagonal lies X's column.
      let sum = at(wide, row, column) * diagonal;
      for (let k = row + 1; k < column; k++) sum += at(wide, row, k) * at(wide, column, k);
      put(wide, column, row, -sum / at(wide, row, row));
    }
    put(wide, column, column, diagonal);
    for (let row = 0; row < column; row++) put(wide, row, column, at(wide, column, row));
  }
}

// @inline
function at(wide: usize, row: i32, column: i32): f64 {
  return load<f64>(wide + <usize>((row * BLOCK + column) << 3));
}

// @inline
function put(wide: usize, row: i32, column: i32, value: f64): void {
  store<f64>(wide + <usize>((row * BLOCK + column) << 3), value);
}

/** Second job of block K: the row of blocks besides M_KK, and Y into the scratch. */
export function solvePanel(
  counter: usize,
  matrix: usize,
  stride: usize,
  numBlocks: u32,
  pivot: u32,
  scratch: usize,
  inverting: bool,
): void {
  const first: u32 = inverting ? 0 : pivot + 1;
  for (let other = first + nextChunk(counter); other < numBlocks; other = first + nextChunk(counter)) {
    if (other === pivot) continue;
    const after = other > pivot;
    const row = after ? pivot : other;
    const column = after ? other : pivot;
    const block = matrix + <usize>row * (BLOCK as usize) * stride + <usize>column * BLOCK_ROW;
    const solved = panelBlock(scratch, other);
    const given = panelBlock(scratch, numBlocks + other);
    if (after) copyBlock(given, BLOCK_ROW, block, stride);
    else transposeBlock(given, BLOCK_ROW, block, stride);
    memory.fill(solved, 0, BLOCK_BYTES);
    addBlock(solved, BLOCK_ROW, scratch, given, 1);
    if (inverting) {
      memory.fill(given, 0, BLOCK_BYTES);
      addBlock(given, BLOCK_ROW, scratch + BLOCK_BYTES, solved, 1);
    }
    const result = inverting ? given : solved;
    if (after) copyBlock(block, stride, result, BLOCK_ROW);
    else transposeBlock(block, stride, result, BLOCK_ROW);
  }
}

/** Third job of block K: all other blocks on and above the diagonal. */
export function updateRest(
  counter: usize,
  matrix: usize,
  stride: usize,
  numBlocks: u32,
  pivot: u32,
  scratch: usize,
  inverting: bool,
): void {
  const first: u32 = inverting ? 0 : pivot + 1;
  for (let row = first + nextChunk(counter); row < numBlocks; row = first + nextChunk(counter)) {
    if (row === pivot) continue;
    const left = panelBlock(scratch, row);
    const blocks = matrix + <usize>row * (BLOCK as usize) * stride;
    for (let column = row; column < numBlocks; column++) {
      if (column === pivot) continue;
      addBlock(blocks + <usize>column * BLOCK_ROW, stride, left, panelBlock(scratch, column), -1);
    }
  }
}

/** After an inverse: turns the sign of all blocks and fills those below the diagonal. */
export function finishInverse(counter: usize, matrix: usize, stride: usize, numBlocks: u32): void {
  for (let row = nextChunk(counter); row < numBlocks; row = nextChunk(counter)) {
    const blocks = matrix + <usize>row * (BLOCK as usize) * stride;
    for (let column = row; column < numBlocks; column++) {
      const block = blocks + <usize>column * BLOCK_ROW;
      for (let line = 0; line < BLOCK; line++) {
        const from = block + <usize>line * stride;
        for (let byte: usize = 0; byte < BLOCK_ROW; byte += 16) {
          v128.store(from + byte, f32x4.neg(v128.load(from + byte)));
        }
      }
      if (column === row) continue;
      const mirrored = matrix + <usize>column * (BLOCK as usize) * stride + <usize>row * BLOCK_ROW;
      transposeBlock(mirrored, stride, block, stride);
    }
  }
}
