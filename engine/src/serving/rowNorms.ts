/** Euclidean length of each row of a row-major matrix, [rows]. */
export function rowNorms(vectors: Float32Array, dim: number): Float64Array {
  const norms = new Float64Array(vectors.length / dim);
  for (let row = 0; row < norms.length; row++) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += vectors[row * dim + d] ** 2;
    norms[row] = Math.sqrt(squares);
  }
  return norms;
}
