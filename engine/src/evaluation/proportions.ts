/** A share with its interval. */
export interface Proportion {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The standard normal quantile of p in (0, 1), to nine digits.
 *
 * Source: Peter J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / (1 + q * polynomial(D, q));
  }
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / (1 + q * q * polynomial(B, q * q));
}

const TAIL = 0.02425;
// Coefficients from the constant term on.
const A = [
  2.506628277459239, -30.66479806614716, 138.357751867269, -275.9285104469687, 220.9460984245205,
  -39.69683028665376,
];
const B = [-13.28068155288572, 66.80131188771972, -155.6989798598866, 161.5858368580409, -54.47609879822406];
const C = [
  2.938163982698783, 4.374664141464968, -2.549732539343734, -2.400758277161838, -0.3223964580411365,
  -0.007784894002430293,
];
const D = [3.754408661907416, 2.445134137142996, 0.3224671290700398, 0.007784695709041462];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

/**
 * The interval of a share of `hits` in `n`; 0 to 1 of nobody.
 *
 * Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 * @param confidence such as .95
 */
export function wilsonInterval(hits: number, n: number, confidence: number): Proportion {
  if (n === 0) return { mean: 0, low: 0, high: 1 };
  const z = normalQuantile((1 + confidence) / 2);
  const mean = hits / n;
  const centre = mean + z ** 2 / (2 * n);
  const half = z * Math.sqrt((mean * (1 - mean)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 / (1 + z ** 2 / n);
  return { mean, low: Math.max(0, scale * (centre - half)), high: Math.min(1, scale * (centre + half)) };
}

/** Hits among so many. */
export interface Tally {
  readonly hits: number;
  readonly n: number;
}

/**
 * The interval of the difference of two independent shares, `one` − `other`.
 *
 * Source: Newcombe, "Interval Estimation for the Difference Between Independent Proportions", 1998, method 10.
 */
export function differenceInterval(one: Tally, other: Tally, confidence: number): Proportion {
  const a = wilsonInterval(one.hits, one.n, confidence);
  const b = wilsonInterval(other.hits, other.n, confidence);
  const mean = a.mean - b.mean;
  return {
    mean,
    low: mean - Math.hypot(a.mean - a.low, b.high - b.mean),
    high: mean + Math.hypot(a.high - a.mean, b.mean - b.low),
  };
}

/**
 * Users that each of two arms needs so that a difference of `effect` from a rate is found with a power, by a two-sided test.
 *
 * Source: Fleiss, Levin, Paik, "Statistical Methods for Rates and Proportions", 3rd edition, 2003, equation 4.14 (without continuity
 * correction).
 */
export function usersNeeded(rate: number, effect: number, confidence: number, power: number): number {
  // The other direction where a rate cannot rise so far.
  const changed = rate + effect <= 1 ? rate + effect : rate - effect;
  const mean = (rate + changed) / 2;
  const zOfTest = normalQuantile((1 + confidence) / 2);
  const zOfPower = normalQuantile(power);
  const root =
    zOfTest * Math.sqrt(2 * mean * (1 - mean)) +
    zOfPower * Math.sqrt(rate * (1 - rate) + changed * (1 - changed));
  return Math.ceil((root / effect) ** 2);
}

/**
 * The quantile of χ² with so many degrees of freedom, about.
 *
 * Source: Wilson, Hilferty, "The distribution of chi-square", 1931.
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + normalQuantile(p) * Math.sqrt(part)) ** 3;
}
