import { randomInt } from '../random/random.ts';
import type { Random } from '../random/random.ts';

/** A mean with the bounds of its confidence interval. */
export interface IntervalEstimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap interval of a mean over users (Efron & Tibshirani 1993, chapter 13).
 *
 * @param values one value a user; an empty list gives NaN throughout.
 */
export function bootstrapInterval(
  values: Float64Array,
  random: Random,
  { confidence = 0.95, numResamples = 1000 } = {},
): IntervalEstimate {
  const means = new Float64Array(numResamples);
  for (let resample = 0; resample < numResamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw++) sum += values[randomInt(random, values.length)];
    means[resample] = sum / values.length;
  }
  means.sort();
  const tail = (1 - confidence) / 2;
  return { mean: mean(values), low: quantile(means, tail), high: quantile(means, 1 - tail) };
}

/**
 * Percentile bootstrap interval of the mean difference `values − others` of two models asked about the same users: users
 * are resampled in pairs, so that what both find hard widens nothing (Sakai 2006, "Evaluating evaluation metrics based on
 * the bootstrap").
 *
 * @param others one value for each user of `values`, in the same order.
 * @throws RangeError when the lists differ in length.
 */
export function pairedBootstrapInterval(
  values: Float64Array,
  others: Float64Array,
  random: Random,
  options?: { confidence?: number; numResamples?: number },
): IntervalEstimate {
  if (values.length !== others.length) {
    throw new RangeError(
      `paired bootstrap: ${values.length} values, but ${others.length} to compare them with`,
    );
  }
  return bootstrapInterval(
    values.map((value, user) => value - others[user]),
    random,
    options,
  );
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value at a share of an ascending list, linear between neighbours (type 7 of Hyndman & Fan 1996). */
function quantile(ascending: Float64Array, share: number): number {
  const position = share * (ascending.length - 1);
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
}
