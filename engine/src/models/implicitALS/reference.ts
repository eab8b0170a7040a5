import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { EpochProgress, FitContext } from '../fitting.ts';
import type { Interactions } from '../../data/interactions.ts';
import {
  addFourOuterProducts,
  choleskyFactor,
  choleskySolve,
  gramian,
} from '../../linearAlgebra/linearAlgebra.ts';
import { gaussian, seededRandom } from '../../random/random.ts';
import { transposed, userRows } from '../../sparse/rows.ts';
import type { SparseRows } from '../../sparse/rows.ts';

export interface ImplicitALSOptions {
  /** Length of the vectors. */
  readonly dim: number;
  /** λ, the L2 penalty before scaling by frequency. */
  readonly regularization: number;
  /** α₀, the weight of every user-item pair as a negative; an observed one has its own weight on top. */
  readonly unobservedWeight: number;
  /** Rounds of solving first for all items, then for all users. */
  readonly iterations: number;
  /** ν: a user's penalty is λ (number of its interactions + α₀ · numItems)^ν, an item's likewise. 1 where left out. */
  readonly frequencyScaling?: number;
  /** Standard deviation of a random vector's length at the start; each number's is this over √dim. 0.1 where left out. */
  readonly initialDeviation?: number;
  /** [n] of the interactions, at least 0; 1 where left out. Counts of interactions are then sums of weights. */
  readonly weights?: Float32Array;
}

/** A vector per user and per item; score their inner product, about 1 for what was met and 0 for what was not. */
export interface ImplicitALS {
  readonly numUsers: number;
  readonly numItems: number;
  readonly dim: number;
  /** [numUsers × dim] row-major; zero for a user without interactions. */
  readonly userVectors: Float32Array;
  /** [numItems × dim] row-major; zero for an item without interactions. */
  readonly itemVectors: Float32Array;
  /** [dim × dim] QᵀQ of the item vectors Q. */
  readonly gramian: Float32Array;
  readonly regularization: number;
  readonly unobservedWeight: number;
  readonly frequencyScaling: number;
}

const DEFAULTS = { frequencyScaling: 1, initialDeviation: 0.1 };

/**
 * Factorises implicit feedback by alternating least squares: observed pairs are pulled to 1, all pairs to 0.
 *
 * Minimises Σ_observed w (p·q − 1)² + α₀ Σ_all (p·q)² + λ Σ (count + α₀ · others)^ν ‖vector‖², each half-step exactly.
 * Source: Rendle, Krichene, Zhang & Koren, "Revisiting the Performance of iALS on Item Recommendation Benchmarks"
 * (RecSys 2022), eq. 1–6; first Hu, Koren & Volinsky 2008. The loss reported is this sum per interaction.
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 */
export function fitImplicitALSReference(
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  const model = initialImplicitALS(interactions, options, context);
  const { numUsers, numItems, dim, userVectors, itemVectors } = model;
  const users = userRows(interactions, options.weights);
  const items = transposed(users);
  const solver = new VectorSolver(model);
  const { iterations } = options;
  for (let epoch = 1; epoch <= iterations; epoch++) {
    const itemMisfit = solver.solveAll(items, userVectors, numUsers, itemVectors);
    const misfit = solver.solveAll(users, itemVectors, numItems, userVectors);
    const loss = (misfit + solver.penalty(items, numUsers, itemVectors)) / users.columns.length;
    finishHalfSteps(context, { epoch, epochs: iterations, loss }, itemMisfit);
  }
  model.gramian.set(gramian(itemVectors, dim));
  return model;
}

/** Ends an epoch, whose first half-step must have had a solution too. */
export function finishHalfSteps(context: FitContext, progress: EpochProgress, itemMisfit: number): void {
  const loss = Number.isFinite(itemMisfit) ? progress.loss : NaN;
  const advice = 'try a larger regularization or a smaller initialDeviation';
  finishEpoch('implicitALS', context, { ...progress, loss }, advice);
}

/** Checks the options; random user vectors, and zero item vectors, which the first half-step finds. */
export function initialImplicitALS(
  { numUsers, numItems, itemIndices, userOffsets }: Interactions,
  options: ImplicitALSOptions,
  { seed }: FitContext,
): ImplicitALS {
  const { dim, regularization, unobservedWeight, weights } = options;
  const { frequencyScaling, initialDeviation } = { ...DEFAULTS, ...options };
  checkOptions('implicitALS', options, ['dim', 'iterations'], ['regularization', 'unobservedWeight']);
  checkOptions('implicitALS', { initialDeviation }, [], ['initialDeviation']);
  if (!(frequencyScaling >= 0 && frequencyScaling < Infinity)) {
    throw new FitError(
      `implicitALS: frequencyScaling must be a number of at least 0, not ${frequencyScaling}`,
    );
  }
  if (itemIndices.length === 0) throw new FitError('implicitALS: there are no interactions to learn from');
  if (weights && weights.length !== itemIndices.length) {
    throw new FitError(`implicitALS: ${weights.length} weights for ${itemIndices.length} interactions`);
  }
  if (weights && !weights.every((weight) => weight >= 0 && weight < Infinity)) {
    throw new FitError('implicitALS: every weight must be a finite number of at least 0');
  }
  const random = seededRandom(seed);
  const userVectors = new Float32Array(numUsers * dim);
  const deviation = initialDeviation / Math.sqrt(dim);
  for (let user = 0; user < numUsers; user++) {
    if (userOffsets[user] === userOffsets[user + 1]) continue;
    for (let d = 0; d < dim; d++) userVectors[user * dim + d] = deviation * gaussian(random);
  }
  return {
    numUsers,
    numItems,
    dim,
    userVectors,
    itemVectors: new Float32Array(numItems * dim),
    gramian: new Float32Array(dim * dim),
    regularization,
    unobservedWeight,
    frequencyScaling,
  };
}

/** What a vector is solved by besides the data. */
export type ImplicitALSSettings = Pick<
  ImplicitALS,
  'dim' | 'regularization' | 'unobservedWeight' | 'frequencyScaling'
>;

/** λ (count + α₀ · numOthers)^ν. */
export function penaltyOf(settings: ImplicitALSSettings, count: number, numOthers: number): number {
  return (
    settings.regularization *
    Math.pow(count + settings.unobservedWeight * numOthers, settings.frequencyScaling)
  );
}

/** Vectors whose outer products are added in one pass over the matrix. */
const TOGETHER = 4;

/** Solves for one vector at a time, the other side's being given; keeps its scratch memory between solves. */
class VectorSolver {
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
   * Solves for all `rows`, given the vectors of their columns, into `out` [numRows × dim].
   *
   * Returns Σ over rows of the least value, Σ w (p·q − 1)² + α₀ Σ_all (p·q)² + the penalty of the rows solved for; not a
   * number when any row has no solution.
   */
  solveAll(rows: SparseRows, vectors: Float32Array, numOthers: number, out: Float32Array): number {
    const { dim } = this.settings;
    const gram = gramian(vectors, dim);
    let least = 0;
    for (let row = 0; row < rows.numRows; row++) {
      const [from, to] = [rows.offsets[row], rows.offsets[row + 1]];
      const columns = rows.columns.subarray(from, to);
      const weights = rows.values.subarray(from, to);
      least += this.solve(columns, weights, vectors, gram, numOthers, out, row * dim);
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

const solvers = new WeakMap<ImplicitALS, VectorSolver>();

/**
 * The vector of a user with this history, by one solve against the item vectors: for the history trained on, the
 * user's own vector again. The work grows with items.length · dim² + dim³.
 *
 * @param items the history; empty gives the zero vector.
 * @param weights one per item of the history, at least 0; all 1 where left out.
 * @returns [dim]
 * @throws RangeError when the lengths differ or an item is out of range.
 */
export function foldInImplicitALS(
  model: ImplicitALS,
  items: Int32Array,
  weights?: Float32Array,
): Float32Array {
  if (weights && weights.length !== items.length) {
    throw new RangeError(`foldInImplicitALS: ${weights.length} weights for ${items.length} items`);
  }
  const stray = items.find((item) => item < 0 || item >= model.numItems);
  if (stray !== undefined) throw new RangeError(`foldInImplicitALS: item ${stray} outside ${model.numItems}`);
  let solver = solvers.get(model);
  if (!solver) {
    solver = new VectorSolver(model);
    solvers.set(model, solver);
  }
  const vector = new Float32Array(model.dim);
  solver.solve(items, weights, model.itemVectors, model.gramian, model.numItems, vector, 0);
  return vector;
}
