import { addFourOuterProducts, choleskyFactor, choleskySolve } from '../../linearAlgebra/linearAlgebra.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { penaltyOf } from './training.ts';
import type { ImplicitALSSettings } from './training.ts';

/** Vectors whose outer products are added in one pass over the matrix. */
const TOGETHER = 4;

/** Solves for one vector at a time, the other side's being given; keeps its scratch memory between solves. */
export class VectorSolver {
  private readonly matrix: Float64Array;
  private readonly target: Float64Array;
  private readonly solution: Float64Array;
  /** [TOGETHER × dim] each. */
  private readonly gathered: Float64Array;
  private readonly weighted: Float64Array;

  constructor(private readonly settings: ImplicitALSSettings) {
    const { dim } = settings;
    this.matrix = new Float64Array(dim * dim);
    this.target = new Float64Array(dim);
    this.solution = new Float64Array(dim);
    this.gathered = new Float64Array(TOGETHER * dim);
    this.weighted = new Float64Array(TOGETHER * dim);
  }

  /**
   * Solves for all `rows`, given the vectors of their columns and QᵀQ of these, into `out` [numRows × dim].
   *
   * Returns Σ over rows of the least value, Σ w (p·q − 1)² + α₀ Σ_all (p·q)² + the penalty of the rows solved for; not a
   * number when any row has no solution.
   */
  solveAll(
    rows: SparseRows,
    vectors: Float32Array,
    gram: Float32Array | Float64Array,
    out: Float32Array,
  ): number {
    const { dim } = this.settings;
    let least = 0;
    for (let row = 0; row < rows.numRows; row++) {
      const [from, to] = [rows.offsets[row], rows.offsets[row + 1]];
      const columns = rows.columns.subarray(from, to);
      const weights = rows.values.subarray(from, to);
      least += this.solve(columns, weights, vectors, gram, rows.numColumns, out, row * dim);
    }
    return least;
  }

  /** Solves (Σ w q qᵀ + α₀ G + penalty · I) p = Σ w q into `out` from `to` on; returns the least value reached. */
  solve(
    columns: Int32Array,
    weights: Float32Array | undefined,
    vectors: Float32Array,
    gram: Float32Array | Float64Array,
    numOthers: number,
    out: Float32Array,
    to: number,
  ): number {
    const { settings, matrix, target, solution, gathered, weighted } = this;
    const { dim, unobservedWeight } = settings;
    for (let index = 0; index < matrix.length; index++) matrix[index] = unobservedWeight * gram[index];
    target.fill(0);
    let count = 0;
    for (let start = 0; start < columns.length; start += TOGETHER) {
      for (let place = 0; place < TOGETHER; place++) {
        const index = start + place;
        const isThere = index < columns.length;
        const weight = isThere ? (weights ? weights[index] : 1) : 0;
        const from = isThere ? columns[index] * dim : 0;
        for (let d = 0; d < dim; d++) {
          const value = isThere ? vectors[from + d] : 0;
          gathered[place * dim + d] = value;
          weighted[place * dim + d] = weight * value;
          target[d] += weight * value;
        }
        count += weight;
      }
      addFourOuterProducts(matrix, dim, weighted, gathered);
    }
    if (count === 0) {
      out.fill(0, to, to + dim);
      return 0;
    }
    const penalty = penaltyOf(settings, count, numOthers);
    for (let d = 0; d < dim; d++) matrix[d * dim + d] += penalty;
    if (!choleskyFactor(matrix, dim)) return NaN;
    solution.set(target);
    choleskySolve(matrix, dim, solution);
    // At the minimum of w (p·q − 1)² + pᵀ(…)p the value is Σ w − (Σ w q)·p.
    let least = count;
    for (let d = 0; d < dim; d++) {
      out[to + d] = solution[d];
      least -= target[d] * solution[d];
    }
    return least;
  }

  /** Σ over rows of their penalty · ‖vector‖². */
  penalty(rows: SparseRows, numOthers: number, vectors: Float32Array): number {
    const { dim } = this.settings;
    let sum = 0;
    for (let row = 0; row < rows.numRows; row++) {
      let count = 0;
      for (let entry = rows.offsets[row]; entry < rows.offsets[row + 1]; entry++) count += rows.values[entry];
      let squared = 0;
      for (let d = 0; d < dim; d++) squared += vectors[row * dim + d] ** 2;
      if (squared > 0) sum += penaltyOf(this.settings, count, numOthers) * squared;
    }
    return sum;
  }
}
