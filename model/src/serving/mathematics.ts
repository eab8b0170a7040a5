/** Sigmoids of float32 reach 0 and 1. */
const LEAST_PROBABILITY = 1e-7;

/** The number whose sigmoid is the probability, bounded where float32 has rounded it to 0 or 1. */
export function logit(probability: number): number {
  const p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
  return Math.log(p / (1 - p));
}

/** The probability of a logit. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Mean absolute difference between the probabilities of two lists of logits; NaN where the second is shorter. */
export function meanAbsoluteDifference(a: Float32Array, b: Float32Array): number {
  const sum = a.reduce(
    (total, logit, place) => total + Math.abs(sigmoid(logit) - sigmoid(b[place] ?? NaN)),
    0,
  );
  return sum / a.length;
}

/**
 * The inner product of a query [dim] with a row of vectors [rows × dim], summed in float64 in the order of the dimensions.
 */
export function innerProduct(query: Float32Array, vectors: Float32Array, dim: number, row: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += (query[d] ?? 0) * (vectors[row * dim + d] ?? 0);
  return sum;
}

/** The places of the largest positive values, at most so many, largest first; the first of equal ones. */
export function placesOfLargest(values: Float32Array, most: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? 0;
    if (value <= 0 || (places.length === most && value <= (values[places[most - 1] ?? 0] ?? 0))) continue;
    let at = Math.min(places.length, most - 1);
    for (; at > 0 && value > (values[places[at - 1] ?? 0] ?? 0); at--) places[at] = places[at - 1] ?? 0;
    places[at] = place;
  }
  return places;
}

/**
 * Interactions by item, from damped popularity n / (n + k) with k their mean.
 * @param popularity [numItems], in [0, 1)
 */
export function interactionCounts(popularity: Float32Array, meanCount: number): Float32Array {
  return popularity.map((share) => (meanCount * share) / (1 - share));
}
