import type { Numbers } from '../../linearAlgebra/linearAlgebra.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, max, sqrt } = Math;

/** Added to a variance before its root. */
export const NORM_EPSILON = 1e-6;

/** y += x·W, x [n × inputs], W [inputs × outputs]. */
export function addProduct(
  y: Float64Array,
  x: Float64Array,
  w: Numbers,
  inputs: number,
  outputs: number,
): void {
  const n = x.length / inputs;
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < inputs; i++) {
      const factor = x[t * inputs + i];
      if (factor === 0) continue;
      for (let o = 0; o < outputs; o++) y[t * outputs + o] += factor * w[i * outputs + o];
    }
  }
}

/** The way back from {@link addProduct}: dW += xᵀ·dy; returns dx = dy·Wᵀ. */
export function productBackward(
  dy: Float64Array,
  x: Float64Array,
  w: Numbers,
  dw: Float64Array,
  inputs: number,
  outputs: number,
): Float64Array {
  const dx = new Float64Array(x.length);
  const n = x.length / inputs;
  for (let t = 0; t < n; t++) {
    for (let i = 0; i < inputs; i++) {
      const factor = x[t * inputs + i];
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        const slope = dy[t * outputs + o];
        sum += slope * w[i * outputs + o];
        dw[i * outputs + o] += factor * slope;
      }
      dx[t * inputs + i] = sum;
    }
  }
  return dx;
}

/** Adds up rows: biases' gradient. */
export function addRowSums(sums: Float64Array, rows: Float64Array): void {
  const width = sums.length;
  for (let i = 0; i < rows.length; i++) sums[i % width] += rows[i];
}

export interface Normed {
  /** [n × d] scaled and shifted. */
  readonly y: Float64Array;
  /** [n × d] of mean 0 and variance 1. */
  readonly standard: Float64Array;
  /** [n] 1 / deviation */
  readonly inverse: Float64Array;
}

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016, eq. 4) of rows of d numbers.
 * @param norm [2d] scale, then shift
 */
export function normalise(x: Float64Array, norm: Numbers): Normed {
  const d = norm.length / 2;
  const n = x.length / d;
  const y = new Float64Array(x.length);
  const standard = new Float64Array(x.length);
  const inverse = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    let mean = 0;
    for (let c = 0; c < d; c++) mean += x[t * d + c] / d;
    let variance = 0;
    for (let c = 0; c < d; c++) variance += (x[t * d + c] - mean) ** 2 / d;
    inverse[t] = 1 / sqrt(variance + NORM_EPSILON);
    for (let c = 0; c < d; c++) {
      const value = (x[t * d + c] - mean) * inverse[t];
      standard[t * d + c] = value;
      y[t * d + c] = norm[c] * value + norm[d + c];
    }
  }
  return { y, standard, inverse };
}

/** The way back from {@link normalise}: adds to dx and to the norm's gradient. */
export function addNormBackward(
  dx: Float64Array,
  dy: Float64Array,
  { standard, inverse }: Normed,
  norm: Numbers,
  dNorm: Float64Array,
): void {
  const d = norm.length / 2;
  for (let t = 0; t < inverse.length; t++) {
    let mean = 0;
    let slope = 0;
    for (let c = 0; c < d; c++) {
      const at = t * d + c;
      const scaled = dy[at] * norm[c];
      mean += scaled / d;
      slope += (scaled * standard[at]) / d;
      dNorm[c] += dy[at] * standard[at];
      dNorm[d + c] += dy[at];
    }
    for (let c = 0; c < d; c++) {
      const at = t * d + c;
      dx[at] += inverse[t] * (dy[at] * norm[c] - mean - slope * standard[at]);
    }
  }
}

export interface Attended {
  /** [n × d] the heads side by side. */
  readonly y: Float64Array;
  /** [heads × n × n] how much a token (row) looks at each (column) up to itself. */
  readonly shares: Float64Array;
}

/**
 * Causal attention (Vaswani et al. 2017, eq. 1): softmax(Q Kᵀ / √(d/heads) + b) V of each head.
 * @param projected [n × 3d] queries, keys, values
 * @param distances [heads × D] b by D − 1 − how far a look goes back; empty for none
 */
export function attend(projected: Float64Array, d: number, heads: number, distances: Numbers): Attended {
  const n = projected.length / (3 * d);
  const width = d / heads;
  const scale = 1 / sqrt(width);
  const columns = distances.length / heads;
  const y = new Float64Array(n * d);
  const shares = new Float64Array(heads * n * n);
  for (let head = 0; head < heads; head++) {
    for (let t = 0; t < n; t++) {
      const query = t * 3 * d + head * width;
      const row = (head * n + t) * n;
      let most = -Infinity;
      for (let s = 0; s <= t; s++) {
        const key = s * 3 * d + d + head * width;
        let dot = 0;
        for (let c = 0; c < width; c++) dot += projected[query + c] * projected[key + c];
        shares[row + s] = dot * scale + (columns > 0 ? distances[(head + 1) * columns - 1 - t + s] : 0);
        most = max(most, shares[row + s]);
      }
      let sum = 0;
      for (let s = 0; s <= t; s++) sum += shares[row + s] = exp(shares[row + s] - most);
      for (let s = 0; s <= t; s++) {
        shares[row + s] /= sum;
        const value = s * 3 * d + 2 * d + head * width;
        for (let c = 0; c < width; c++) y[t * d + head * width + c] += shares[row + s] * projected[value + c];
      }
    }
  }
  return { y, shares };
}

/** The way back from {@link attend}: the gradient [n × 3d] of what it took; adds to that of the distances. */
export function attendBackward(
  dy: Float64Array,
  projected: Float64Array,
  { y, shares }: Attended,
  d: number,
  heads: number,
  dDistances: Float64Array,
): Float64Array {
  const columns = dDistances.length / heads;
  const n = projected.length / (3 * d);
  const width = d / heads;
  const scale = 1 / sqrt(width);
  const gradient = new Float64Array(projected.length);
  for (let head = 0; head < heads; head++) {
    for (let t = 0; t < n; t++) {
      const query = t * 3 * d + head * width;
      const out = t * d + head * width;
      const row = (head * n + t) * n;
      let through = 0;
      for (let c = 0; c < width; c++) through += dy[out + c] * y[out + c];
      for (let s = 0; s <= t; s++) {
        const key = s * 3 * d + d + head * width;
        const value = key + d;
        let slope = 0;
        for (let c = 0; c < width; c++) {
          slope += dy[out + c] * projected[value + c];
          gradient[value + c] += shares[row + s] * dy[out + c];
        }
        const biased = shares[row + s] * (slope - through);
        if (columns > 0) dDistances[(head + 1) * columns - 1 - t + s] += biased;
        const score = biased * scale;
        for (let c = 0; c < width; c++) {
          gradient[query + c] += score * projected[key + c];
          gradient[key + c] += score * projected[query + c];
        }
      }
    }
  }
  return gradient;
}
