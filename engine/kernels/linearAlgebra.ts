/** Products, Cholesky factors and inverses of large dense matrices: see engine/src/linearAlgebra/onThreads.ts. */
import { BLOCK, BLOCK_BYTES, BLOCK_ROW, addBlock, copyBlock, transposeBlock } from './lib/blocks.ts';
import { factorPivot, finishInverse, solvePanel, updateRest } from './lib/positiveDefinite.ts';
import { nextChunk } from './lib/queue.ts';

export { factorPivot, finishInverse, solvePanel, updateRest };

/**
 * C += A · B; sides in blocks, strides in bytes. A job is one block of C. `scratch` has room for two blocks a thread,
 * which draws its place from the counter `places`.
 */
export function multiply(
  counter: usize,
  places: usize,
  scratch: usize,
  a: usize,
  b: usize,
  c: usize,
  rowBlocks: u32,
  innerBlocks: u32,
  columnBlocks: u32,
): void {
  const left = scratch + <usize>nextChunk(places) * 2 * BLOCK_BYTES;
  const right = left + BLOCK_BYTES;
  const aStride = <usize>innerBlocks * BLOCK_ROW;
  const stride = <usize>columnBlocks * BLOCK_ROW;
  for (let job = nextChunk(counter); job < rowBlocks * columnBlocks; job = nextChunk(counter)) {
    const row = <usize>(job / columnBlocks);
    const column = <usize>(job % columnBlocks);
    const block = c + row * (BLOCK as usize) * stride + column * BLOCK_ROW;
    for (let inner: usize = 0; inner < <usize>innerBlocks; inner++) {
      transposeBlock(left, BLOCK_ROW, a + row * (BLOCK as usize) * aStride + inner * BLOCK_ROW, aStride);
      copyBlock(right, BLOCK_ROW, b + inner * (BLOCK as usize) * stride + column * BLOCK_ROW, stride);
      addBlock(block, stride, left, right, 1);
    }
  }
}
