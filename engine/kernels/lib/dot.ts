/** Inner products and updates of rows whose length is a multiple of 4: pad rows with zeros, which stay zeros. */

/** The sum of the four lanes. */
// @inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** a·b over rows of `bytes` bytes, a multiple of 16. */
// @inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(a + at), v128.load(b + at)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(a + at, 16), v128.load(b + at, 16)));
  }
  if (at < bytes) even = f32x4.add(even, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  return sumLanes(f32x4.add(even, odd));
}

/** target += factor · source over rows of `bytes` bytes, a multiple of 16. */
// @inline
export function addScaled(target: usize, source: usize, factor: f32, bytes: usize): void {
  const scale = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(scale, v128.load(source + at))));
  }
}
