/** The one loop behind every dense product here: a tile of 4 × 8 numbers kept in registers. */

/**
 * C += scale · AᵀB on a tile of 4 × 8, A and B being given depth by depth: A[k, 0 … 3] lies at a + k · aStride and
 * B[k, 0 … 7] at b + k · bStride; row i of C lies at c + i · cStride. Strides are bytes.
 */
export function addTile(
  c: usize,
  cStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  depth: i32,
  scale: f32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += aStride;
    b += bStride;
  }
  const factor = f32x4.splat(scale);
  addPair(c, c00, c01, factor);
  addPair(c + cStride, c10, c11, factor);
  addPair(c + 2 * cStride, c20, c21, factor);
  addPair(c + 3 * cStride, c30, c31, factor);
}

// @inline
function addPair(c: usize, low: v128, high: v128, factor: v128): void {
  v128.store(c, f32x4.add(v128.load(c), f32x4.mul(factor, low)));
  v128.store(c, f32x4.add(v128.load(c, 16), f32x4.mul(factor, high)), 16);
}
