/** Exponential, logistic function and logarithm without tables: a kernel has no static data. */

/**
 * e^x on four lanes, x cut to [−87, 88]; relative error below 2e-7. NaN stays NaN.
 *
 * Source: Cephes `expf` (Moshier): x = n ln 2 + r with |r| ≤ ½ ln 2, a polynomial of degree 6 in r, times 2^n.
 */
// @inline
export function exp4(x: v128): v128 {
  const cut = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(cut, f32x4.splat(1.44269504)));
  let r = f32x4.sub(cut, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** 1 / (1 + e^−x) on four lanes. */
// @inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** 1 / (1 + e^−x). */
// @inline
export function sigmoid(x: f32): f32 {
  return f32x4.extract_lane(sigmoid4(f32x4.splat(x)), 0);
}

/** ln(1 + x) on four lanes for 0 ≤ x ≤ 1: 2 artanh(x / (2 + x)) by its series. */
// @inline
export function log1p4(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(f32x4.splat(2), x));
  const t = f32x4.mul(s, s);
  let p = f32x4.splat(1.0 / 13);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 11));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 9));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 7));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 5));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 3));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  return f32x4.mul(f32x4.add(s, s), p);
}

/**
 * ln x for normal x > 0, relative error below 1e-9; NaN stays NaN.
 *
 * x = m·2^e with m in [√½, √2), and ln m = 2 artanh((m − 1) / (m + 1)) by its series.
 */
export function logarithm(x: f64): f64 {
  if (isNaN(x)) return x;
  const bits = reinterpret<i64>(x);
  let exponent = i32(bits >>> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const t = s * s;
  const series =
    1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * (1.0 / 9 + t * (1.0 / 11 + t * (1.0 / 13))))));
  return 2 * s * series + f64(exponent) * 0.6931471805599453;
}
