import { gramian } from '../linearAlgebra/linearAlgebra.ts';

/** From these the mean and the deviation of a query's inner products with all rows follow, without any of them. */
export interface DenseStatistics {
  /** [dim] the mean row. */
  readonly mean: Float64Array;
  /** [dim × dim] the covariance of the rows. */
  readonly covariance: Float64Array;
  /** [1] the largest norm of a row. */
  readonly largestNorm: Float64Array;
}

/** Numbers that the statistics of rows of `dim` take. */
export function statisticsLength(dim: number): number {
  return dim + dim * dim + 1;
}

/** The statistics in an array of {@link statisticsLength}. */
export function statisticsIn(array: Float64Array, dim: number): DenseStatistics {
  const end = dim + dim * dim;
  return {
    mean: array.subarray(0, dim),
    covariance: array.subarray(dim, end),
    largestNorm: array.subarray(end, end + 1),
  };
}

/** Fills mean and covariance of rows, [n × dim]. */
export function measureRows(vectors: Float32Array, dim: number, { mean, covariance }: DenseStatistics): void {
  const numRows = vectors.length / dim;
  for (let at = 0; at < vectors.length; at += dim) {
    for (let d = 0; d < dim; d++) mean[d] += vectors[at + d] / numRows;
  }
  const gram = gramian(vectors, dim);
  for (let row = 0; row < dim; row++) {
    for (let column = 0; column < dim; column++) {
      covariance[row * dim + column] = gram[row * dim + column] / numRows - mean[row] * mean[column];
    }
  }
}

/** Mean and deviation of the inner products of a query with all rows: q·μ and √(qᵀ Σ q). */
export function momentsOfProducts(
  query: Float32Array,
  { mean, covariance }: DenseStatistics,
): { mean: number; deviation: number } {
  const dim = query.length;
  let product = 0;
  let variance = 0;
  for (let row = 0; row < dim; row++) {
    product += query[row] * mean[row];
    let sum = 0;
    for (let column = 0; column < dim; column++) sum += covariance[row * dim + column] * query[column];
    variance += query[row] * sum;
  }
  return { mean: product, deviation: Math.sqrt(Math.max(0, variance)) };
}
