/** Rows from which codes are worth their memory: fewer stay in the processor's cache as they are. */
export const QUANTISED_FROM = 50_000;

const LARGEST_CODE = 127;
const INT16_MAX = 32_767;
const INT32_MAX = 2 ** 31 - 1;
/** Half the distance between 1 and the next float32: the relative error of one rounding. */
const UNIT_ROUNDOFF = 2 ** -24;

/** Small enough that no sum over a row leaves 32 bits. */
function largestQueryCode(dim: number): number {
  return Math.min(INT16_MAX, Math.floor(INT32_MAX / (LARGEST_CODE * dim)));
}

/** False where the bounds' arithmetic would over- or underflow: for the largest product of a query's norm with a row's. */
export function areBoundsSound(product: number): boolean {
  return product > 1e-20 && product < 1e30;
}

/**
 * Fills codes, scales and slacks, and returns the largest norm of a row.
 *
 * With code score a = scale · queryScale · Σ code · queryCode, |q·v as float32 sums it − a| ≤ slack · ‖q‖: by
 * Cauchy–Schwarz the codes' own error counts ‖v − scale · codes‖, the query's codes √dim / (2 · largestQueryCode) of
 * the row's norm, and each rounding of either sum 2^−24 of it.
 */
export function quantiseRows(
  vectors: Float32Array,
  dim: number,
  codeStride: number,
  { codes, scales, slacks }: { codes: Int8Array; scales: Float32Array; slacks: Float32Array },
): number {
  const perNorm = Math.sqrt(dim) / (2 * largestQueryCode(dim)) + (dim / 8 + 16) * UNIT_ROUNDOFF;
  const numItems = vectors.length / dim;
  let largestNorm = 0;
  for (let item = 0; item < numItems; item++) {
    const row = item * dim;
    let largest = 0;
    for (let d = 0; d < dim; d++) largest = Math.max(largest, Math.abs(vectors[row + d]));
    scales[item] = largest / LARGEST_CODE;
    const scale = scales[item];
    let squaredError = 0;
    let squaredNorm = 0;
    for (let d = 0; d < dim; d++) {
      const value = vectors[row + d];
      const code = scale > 0 ? Math.max(-LARGEST_CODE, Math.min(LARGEST_CODE, Math.round(value / scale))) : 0;
      codes[item * codeStride + d] = code;
      squaredError += (value - scale * code) ** 2;
      squaredNorm += value ** 2;
    }
    const error = Math.sqrt(squaredError);
    const norm = Math.sqrt(squaredNorm);
    // A millionth more than enough, against rounding of the slack itself.
    slacks[item] = (error + perNorm * (norm + error)) * (1 + 1e-6);
    largestNorm = Math.max(largestNorm, norm);
  }
  return largestNorm;
}

/** Fills the query's codes, [dim], and returns their scale. */
export function quantiseQuery(query: Float32Array, codes: Int16Array): number {
  let largest = 0;
  for (const value of query) largest = Math.max(largest, Math.abs(value));
  const scale = largest / largestQueryCode(query.length);
  query.forEach((value, d) => (codes[d] = Math.round(value / scale)));
  return scale;
}
