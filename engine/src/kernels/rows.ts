/** Floats in a row that holds `length` of them and fills 128-bit registers. */
export function paddedLength(length: number): number {
  return (length + 3) & ~3;
}

/** Copies rows of `dim` into rows of `stride`, whose rest stays as it is: zero in fresh memory. */
export function padRows(rows: Float32Array, dim: number, padded: Float32Array, stride: number): void {
  for (let row = 0; row * dim < rows.length; row++) {
    padded.set(rows.subarray(row * dim, (row + 1) * dim), row * stride);
  }
}

/** The way back: the first `dim` of each row of `stride`. */
export function unpadRows(padded: Float32Array, stride: number, rows: Float32Array, dim: number): void {
  for (let row = 0; row * dim < rows.length; row++) {
    rows.set(padded.subarray(row * stride, row * stride + dim), row * dim);
  }
}
