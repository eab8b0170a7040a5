/**
 * C (+)= A·B for small row-major matrices: A [m × k] with any strides, so that it may be a transpose; rows of B [k × n]
 * and C [m × n] are contiguous. m must be a multiple of 4 and n of 8: pad with rows and columns that are never read.
 *
 * Works on blocks of 4 × 8 of C, which stay in registers over the whole of k.
 * @param aRow bytes from a row of A to the next
 * @param aColumn bytes from a column of A to the next
 * @param bRow bytes from a row of B to the next
 * @param cRow bytes from a row of C to the next
 * @param adds whether C's old values are added to; otherwise they are overwritten
 */
export function multiply(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  adds: bool,
): void {
  for (let j = 0; j < n; j += 8) {
    const bPanel = b + ((<usize>j) << 2);
    let aBlock = a;
    let cBlock = c + ((<usize>j) << 2);
    for (let i = 0; i < m; i += 4) {
      multiplyBlock(k, aBlock, aRow, aColumn, bPanel, bRow, cBlock, cRow, adds);
      aBlock += aRow << 2;
      cBlock += cRow << 2;
    }
  }
}

// @inline
function multiplyBlock(
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  adds: bool,
): void {
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (adds) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
  }
  let at = b;
  for (let left = k; left > 0; left--) {
    const left4 = v128.load(at);
    const right4 = v128.load(at, 16);
    at += bRow;
    let factor = v128.load32_splat(a0);
    a0 += aColumn;
    c00 = f32x4.add(c00, f32x4.mul(factor, left4));
    c01 = f32x4.add(c01, f32x4.mul(factor, right4));
    factor = v128.load32_splat(a1);
    a1 += aColumn;
    c10 = f32x4.add(c10, f32x4.mul(factor, left4));
    c11 = f32x4.add(c11, f32x4.mul(factor, right4));
    factor = v128.load32_splat(a2);
    a2 += aColumn;
    c20 = f32x4.add(c20, f32x4.mul(factor, left4));
    c21 = f32x4.add(c21, f32x4.mul(factor, right4));
    factor = v128.load32_splat(a3);
    a3 += aColumn;
    c30 = f32x4.add(c30, f32x4.mul(factor, left4));
    c31 = f32x4.add(c31, f32x4.mul(factor, right4));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}

/** Writes the transpose of [rows × columns], both contiguous. */
export function transpose(rows: i32, columns: i32, from: usize, to: usize): void {
  const step = (<usize>rows) << 2;
  for (let row = 0; row < rows; row++) {
    let target = to + ((<usize>row) << 2);
    for (let column = 0; column < columns; column++) {
      store<f32>(target, load<f32>(from));
      from += 4;
      target += step;
    }
  }
}
