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

/** The inner products of four rows that follow one another, at `a`, with one of `bytes` bytes, a multiple of 32, each summed in the order of {@link dot}. */
// @inline
export function dotFour(a: usize, against: usize, bytes: usize): v128 {
  const b = a + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let evenA = f32x4.splat(0);
  let oddA = f32x4.splat(0);
  let evenB = f32x4.splat(0);
  let oddB = f32x4.splat(0);
  let evenC = f32x4.splat(0);
  let oddC = f32x4.splat(0);
  let evenD = f32x4.splat(0);
  let oddD = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const even = v128.load(against + at);
    const odd = v128.load(against + at, 16);
    evenA = f32x4.add(evenA, f32x4.mul(even, v128.load(a + at)));
    oddA = f32x4.add(oddA, f32x4.mul(odd, v128.load(a + at, 16)));
    evenB = f32x4.add(evenB, f32x4.mul(even, v128.load(b + at)));
    oddB = f32x4.add(oddB, f32x4.mul(odd, v128.load(b + at, 16)));
    evenC = f32x4.add(evenC, f32x4.mul(even, v128.load(c + at)));
    oddC = f32x4.add(oddC, f32x4.mul(odd, v128.load(c + at, 16)));
    evenD = f32x4.add(evenD, f32x4.mul(even, v128.load(d + at)));
    oddD = f32x4.add(oddD, f32x4.mul(odd, v128.load(d + at, 16)));
  }
  const sumA = f32x4.add(evenA, oddA);
  const sumB = f32x4.add(evenB, oddB);
  const sumC = f32x4.add(evenC, oddC);
  const sumD = f32x4.add(evenD, oddD);
  const ab = f32x4.add(v128.shuffle<f32>(sumA, sumB, 0, 1, 4, 5), v128.shuffle<f32>(sumA, sumB, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(sumC, sumD, 0, 1, 4, 5), v128.shuffle<f32>(sumC, sumD, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** target += factor · source over rows of `bytes` bytes, a multiple of 16. */
// @inline
export function addScaled(target: usize, source: usize, factor: f32, bytes: usize): void {
  const scale = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(scale, v128.load(source + at))));
  }
}
