import { randomInt } from '../random.ts';
import type { Random } from '../random.ts';

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
