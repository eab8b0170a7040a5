/** Dense, row-major numbers in either width; sums run in float64 whatever the width. */
export type Numbers = Float32Array | Float64Array;

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { sqrt } = Math;

/**
 * C = A · B.
 *
 * @param a [numRows × numInner]
 * @param b [numInner × numColumns]
 * @returns [numRows × numColumns]
 * @throws RangeError when the shapes disagree.
 */
export function multiply(
  a: Numbers,
  b: Numbers,
  numRows: number,
  numInner: number,
  numColumns: number,
): Float64Array {
  if (a.length !== numRows * numInner || b.length !== numInner * numColumns) {
    throw new RangeError(
      `multiply: ${a.length} and ${b.length} numbers are not ${numRows} × ${numInner} and ${numInner} × ${numColumns}`,
    );
  }
  const c = new Float64Array(numRows * numColumns);
  for (let row = 0; row < numRows; row++) {
    for (let inner = 0; inner < numInner; inner++) {
      const factor = a[row * numInner + inner];
      const from = inner * numColumns;
      const to = row * numColumns;
      for (let column = 0; column < numColumns; column++) c[to + column] += factor * b[from + column];
    }
  }
  return c;
}

/**
 * Gram matrix of the columns, AᵀA.
 *
 * @param rows [n × dim]
 * @returns [dim × dim], symmetric.
 * @throws RangeError when `rows` does not divide into rows of `dim`.
 */
export function gramian(rows: Numbers, dim: number): Float64Array {
  if (rows.length % dim !== 0) throw new RangeError(`gramian: ${rows.length} numbers are not rows of ${dim}`);
  const gram = new Float64Array(dim * dim);
  for (let from = 0; from < rows.length; from += dim) addOuterProduct(gram, dim, rows, from, 1);
  mirrorLower(gram, dim);
  return gram;
}

/** Adds weight · r rᵀ to the lower triangle of `matrix` [dim × dim], r being the `dim` numbers from `from` on. */
function addOuterProduct(matrix: Numbers, dim: number, rows: Numbers, from: number, weight: number): void {
  for (let row = 0; row < dim; row++) {
    const factor = weight * rows[from + row];
    const to = row * dim;
    for (let column = 0; column <= row; column++) matrix[to + column] += factor * rows[from + column];
  }
}

/** Adds Σ a bᵀ over the four rows a of `left` and b of `right`, [4 × dim] each, to the lower triangle of `matrix` [dim × dim]. */
export function addFourOuterProducts(
  matrix: Float64Array,
  dim: number,
  left: Float64Array,
  right: Float64Array,
): void {
  for (let row = 0; row < dim; row++) {
    const [a, b, c, d] = [left[row], left[dim + row], left[2 * dim + row], left[3 * dim + row]];
    const to = row * dim;
    for (let column = 0; column <= row; column++) {
      matrix[to + column] +=
        a * right[column] +
        b * right[dim + column] +
        c * right[2 * dim + column] +
        d * right[3 * dim + column];
    }
  }
}

/** Copies the lower triangle of `matrix` [n × n] onto the upper one. */
export function mirrorLower(matrix: Numbers, n: number): void {
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) matrix[column * n + row] = matrix[row * n + column];
  }
}

/**
 * Replaces the lower triangle of a symmetric `matrix` [n × n] by its Cholesky factor L, matrix = L Lᵀ. The upper
 * triangle is neither read nor written.
 *
 * Source: Golub & Van Loan, Matrix Computations (2013), section 4.2.5, row by row.
 * @returns false, with the matrix spoilt, when it is not positive definite.
 */
export function choleskyFactor(matrix: Numbers, n: number): boolean {
  for (let row = 0; row < n; row++) {
    const start = row * n;
    for (let column = 0; column <= row; column++) {
      const other = column * n;
      let sum = matrix[start + column];
      for (let k = 0; k < column; k++) sum -= matrix[start + k] * matrix[other + k];
      if (column < row) matrix[start + column] = sum / matrix[other + column];
      else if (sum > 0 && sum < Infinity) matrix[start + row] = sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Replaces `rhs` [n] by the solution x of L Lᵀ x = rhs, L being the lower triangle of `factor` [n × n]. */
export function choleskySolve(factor: Numbers, n: number, rhs: Numbers): void {
  for (let row = 0; row < n; row++) {
    let sum = rhs[row];
    for (let k = 0; k < row; k++) sum -= factor[row * n + k] * rhs[k];
    rhs[row] = sum / factor[row * n + row];
  }
  for (let row = n - 1; row >= 0; row--) {
    const value = rhs[row] / factor[row * n + row];
    rhs[row] = value;
    for (let k = 0; k < row; k++) rhs[k] -= factor[row * n + k] * value;
  }
}

/**
 * Replaces a symmetric positive definite `matrix` [n × n] by its inverse, through L⁻¹: matrix⁻¹ = L⁻ᵀ L⁻¹.
 *
 * @returns false, with the matrix spoilt, when it is not positive definite.
 */
export function invertPositiveDefinite(matrix: Numbers, n: number): boolean {
  if (!choleskyFactor(matrix, n)) return false;
  // L⁻¹ in place, row by row: row r of it is (e_r − Σ_{k<r} L[r,k] · row k) / L[r,r].
  const solved = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const start = row * n;
    solved.fill(0, 0, row);
    for (let k = 0; k < row; k++) {
      const factor = matrix[start + k];
      for (let column = 0; column <= k; column++) solved[column] -= factor * matrix[k * n + column];
    }
    const scale = 1 / matrix[start + row];
    for (let column = 0; column < row; column++) matrix[start + column] = solved[column] * scale;
    matrix[start + row] = scale;
  }
  // L⁻ᵀ L⁻¹ in place: row r of it needs the rows from r on only, and they still stand when r is reached.
  for (let row = 0; row < n; row++) {
    const start = row * n;
    solved.fill(0, 0, row + 1);
    for (let k = row; k < n; k++) {
      const factor = matrix[k * n + row];
      for (let column = 0; column <= row; column++) solved[column] += factor * matrix[k * n + column];
    }
    for (let column = 0; column <= row; column++) matrix[start + column] = solved[column];
  }
  mirrorLower(matrix, n);
  return true;
}
