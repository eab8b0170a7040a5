/** Dense matrices in blocks of 64 × 64, the size of which two fit the first-level cache. */
import { addTile } from './tile.ts';

/** Rows and columns of a block. */
export const BLOCK: i32 = 64;
/** Bytes of a block's row, and of a block, where it is stored by itself. */
export const BLOCK_ROW: usize = 256;
export const BLOCK_BYTES: usize = 16384;

/** C += scale · AᵀB on blocks; A and B are stored by themselves, depth by depth, row i of C lies at c + i · cStride. */
export function addBlock(c: usize, cStride: usize, a: usize, b: usize, scale: f32): void {
  for (let row: usize = 0; row < BLOCK_ROW; row += 16) {
    for (let column: usize = 0; column < BLOCK_ROW; column += 32) {
      addTile(c + column, cStride, a + row, BLOCK_ROW, b + column, BLOCK_ROW, BLOCK, scale);
    }
    c += 4 * cStride;
  }
}

/** Copies a block; strides are bytes. */
export function copyBlock(to: usize, toStride: usize, from: usize, fromStride: usize): void {
  for (let row = 0; row < BLOCK; row++) {
    memory.copy(to, from, BLOCK_ROW);
    to += toStride;
    from += fromStride;
  }
}

/** Copies a block's transpose; strides are bytes. */
export function transposeBlock(to: usize, toStride: usize, from: usize, fromStride: usize): void {
  for (let row: usize = 0; row < BLOCK_ROW; row += 16) {
    for (let column: usize = 0; column < BLOCK_ROW; column += 16) {
      transpose4(
        to + (column >> 2) * toStride + row,
        toStride,
        from + (row >> 2) * fromStride + column,
        fromStride,
      );
    }
  }
}

// @inline
function transpose4(to: usize, toStride: usize, from: usize, fromStride: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromStride);
  const r2 = v128.load(from + 2 * fromStride);
  const r3 = v128.load(from + 3 * fromStride);
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + toStride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * toStride, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * toStride, v128.shuffle<i64>(high01, high23, 1, 3));
}
