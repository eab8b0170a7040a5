/** Inner products of codes of few bits, which stand for rows of numbers. */

/** The integer inner products of the query's codes (16 bits) and four rows of codes (8 bits). */
// @inline
export function codeDotFour(a: usize, against: usize, bytes: usize): v128 {
  const b = a + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let sumA = i32x4.splat(0);
  let sumB = i32x4.splat(0);
  let sumC = i32x4.splat(0);
  let sumD = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const low = v128.load(against + 2 * at);
    const high = v128.load(against + 2 * at, 16);
    sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(a + at)));
    sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(b + at)));
    sumC = i32x4.add(sumC, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(c + at)));
    sumD = i32x4.add(sumD, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(d + at)));
    sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(a + at, 8)));
    sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(b + at, 8)));
    sumC = i32x4.add(sumC, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(c + at, 8)));
    sumD = i32x4.add(sumD, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(d + at, 8)));
  }
  const ab = i32x4.add(v128.shuffle<i32>(sumA, sumB, 0, 1, 4, 5), v128.shuffle<i32>(sumA, sumB, 2, 3, 6, 7));
  const cd = i32x4.add(v128.shuffle<i32>(sumC, sumD, 0, 1, 4, 5), v128.shuffle<i32>(sumC, sumD, 2, 3, 6, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7));
}
