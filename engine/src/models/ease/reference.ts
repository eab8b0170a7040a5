import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { invertPositiveDefinite } from '../../linearAlgebra/linearAlgebra.ts';
import { packRows, paddedRows } from '../../sparse/itemMatrix.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import { transposed, userRows, withColumns } from '../../sparse/rows.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { topK } from '../../search/topK.ts';

export interface EASEOptions {
  /** λ, the L2 penalty on every weight. */
  readonly l2: number;
  /** Weights kept per item on average: the numItems × numNeighbours of the largest magnitudes. */
  readonly numNeighbours: number;
  /** Only so many of the items, those with the most interactions, take part; the others get empty rows. All if left out. */
  readonly maxItems?: number;
  /** [n] the entry of X per interaction; 1 where left out. */
  readonly weights?: Float32Array;
  /** Inverts items × items (primal) or users × users (dual); by default the smaller of the two. Same result. */
  readonly form?: 'primal' | 'dual';
}

/** EASE on the items that take part: X by user and by item, and how to leave the numbering used inside. */
export interface EASEProblem {
  readonly users: SparseRows;
  readonly items: SparseRows;
  /** The item behind each column of X. */
  readonly itemOf: Int32Array;
  readonly form: 'primal' | 'dual';
}

/**
 * Learns weights B between items so that X ≈ X B with a zero diagonal: row i says what follows from having met item i,
 * and the score of j is Σ B[i, j] over the history.
 *
 * Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019), eq. 8: with P = (XᵀX + λI)⁻¹,
 * B[i, j] = −P[i, j] / P[j, j]. The dual form takes P = (I − Xᵀ (X Xᵀ + λI)⁻¹ X) / λ (Woodbury's identity) row by row.
 * Reports one epoch, its loss being ‖X − X B‖² + λ‖B‖² per interaction before weights are cut off.
 * @throws FitError for options out of range, without interactions, or when the inverse is not finite.
 */
export function fitEASEReference(
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const problem = easeProblem(interactions, options);
  const rows = easeRows(interactions, options);
  const loss = (problem.form === 'primal' ? solvePrimal : solveDual)(problem, options.l2, rows);
  finishEpoch('ease', context, { epoch: 1, epochs: 1, loss: loss / interactions.itemIndices.length });
  return servedWeights(rows, options);
}

/** Checks the options and numbers the items that take part. */
export function easeProblem(interactions: Interactions, options: EASEOptions): EASEProblem {
  const { weights, maxItems = interactions.numItems } = options;
  checkOptions('ease', options, ['numNeighbours'], ['l2']);
  if (interactions.itemIndices.length === 0) {
    throw new FitError('ease: there are no interactions to learn from');
  }
  checkOptions('ease', { maxItems }, ['maxItems'], []);
  if (weights && weights.length !== interactions.itemIndices.length) {
    throw new FitError(`ease: ${weights.length} weights for ${interactions.itemIndices.length} interactions`);
  }
  const itemOf = mostMet(countItems(interactions), maxItems);
  const users = withColumns(userRows(interactions, weights), itemOf);
  const form = options.form ?? (users.numRows < users.numColumns ? 'dual' : 'primal');
  return { users, items: transposed(users), itemOf, form };
}

/** The items with the most interactions, in ascending order of row, at most `maxItems`, none without interactions. */
function mostMet(counts: Int32Array, maxItems: number): Int32Array {
  const met = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  return topK(Float32Array.of(1), Float32Array.from(counts), 1, Math.min(maxItems, met)).items.sort();
}

/** A row may keep so many times the average: the items met most say most about others. */
const ROW_SPREAD = 8;

/** The strongest weights of each row, among which {@link servedWeights} chooses. */
export function easeRows({ numItems }: Interactions, { numNeighbours }: EASEOptions): PaddedRows {
  return paddedRows(numItems, ROW_SPREAD * numNeighbours);
}

/**
 * The strongest weights of all rows together.
 *
 * Against an equal number in each row this keeps what the items met most say of many others: on ml-latest-small's
 * user-wise split nDCG@10 is .396 with 200 weights per item on average, .377 with the 400 largest of each row, and .400 with all.
 */
export function servedWeights(rows: PaddedRows, { numNeighbours }: EASEOptions): SparseItemMatrix {
  return packRows(rows, rows.numItems * numNeighbours);
}

/** Fills the matrix from P = (XᵀX + λI)⁻¹; returns the loss. */
function solvePrimal({ users, items, itemOf }: EASEProblem, l2: number, rows: PaddedRows): number {
  const n = items.numRows;
  const inverse = new Float64Array(n * n);
  for (let item = 0; item < n; item++) {
    addProduct(items, item, users, inverse.subarray(item * n, (item + 1) * n));
    inverse[item * n + item] += l2;
  }
  if (!invertPositiveDefinite(inverse, n)) throw notFinite(l2);
  const diagonal = Float64Array.from({ length: n }, (_, item) => inverse[item * n + item]);
  for (let item = 0; item < n; item++) {
    keepStrongest(rows, itemOf, item, inverse.subarray(item * n, (item + 1) * n), diagonal);
  }
  return totalLoss(diagonal, l2);
}

/** Fills the matrix from P = (I − Xᵀ K X) / λ, K = (X Xᵀ + λI)⁻¹, one row at a time; returns the loss. */
function solveDual({ users, items, itemOf }: EASEProblem, l2: number, rows: PaddedRows): number {
  const numUsers = users.numRows;
  const n = items.numRows;
  const kernel = new Float64Array(numUsers * numUsers);
  for (let user = 0; user < numUsers; user++) {
    addProduct(users, user, items, kernel.subarray(user * numUsers, (user + 1) * numUsers));
    kernel[user * numUsers + user] += l2;
  }
  if (!invertPositiveDefinite(kernel, numUsers)) throw notFinite(l2);

  // λP's column of item i, times K: the users who met i, each with its row of K.
  const projection = new Float64Array(numUsers);
  const project = (item: number): void => {
    projection.fill(0);
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      const from = items.columns[entry] * numUsers;
      const value = items.values[entry];
      for (let user = 0; user < numUsers; user++) projection[user] += value * kernel[from + user];
    }
  };
  const explained = (item: number): number => {
    let sum = 0;
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      sum += items.values[entry] * projection[items.columns[entry]];
    }
    return sum;
  };

  const diagonal = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    project(item);
    diagonal[item] = (1 - explained(item)) / l2;
  }
  const row = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    project(item);
    for (let target = 0; target < n; target++) row[target] = -explained(target) / l2;
    keepStrongest(rows, itemOf, item, row, diagonal);
  }
  return totalLoss(diagonal, l2);
}

/** out += row `row` of left · right. */
function addProduct(left: SparseRows, row: number, right: SparseRows, out: Float64Array): void {
  for (let entry = left.offsets[row]; entry < left.offsets[row + 1]; entry++) {
    const inner = left.columns[entry];
    const value = left.values[entry];
    for (let other = right.offsets[inner]; other < right.offsets[inner + 1]; other++) {
      out[right.columns[other]] += value * right.values[other];
    }
  }
}

/** Row `item` of B from the row of P, cut to the largest magnitudes, into the row of the item behind it. */
function keepStrongest(
  rows: PaddedRows,
  itemOf: Int32Array,
  item: number,
  inverseRow: Float64Array,
  diagonal: Float64Array,
): void {
  const weights = Float32Array.from(inverseRow, (value, target) => -value / diagonal[target]);
  weights[item] = 0;
  const start = itemOf[item] * rows.width;
  const strongest = topK(Float32Array.of(1), weights.map(Math.abs), 1, rows.width);
  strongest.items.forEach((target, place) => {
    if (weights[target] === 0) return;
    rows.items[start + place] = itemOf[target];
    rows.weights[start + place] = weights[target];
  });
}

/** Σ_j (1/P[j, j] − λ): what is left of column j, penalty included, after regression on all others. */
export function totalLoss(diagonal: Float32Array | Float64Array, l2: number): number {
  let loss = 0;
  for (const value of diagonal) loss += 1 / value - l2;
  return loss;
}

export function notFinite(l2: number): FitError {
  return new FitError(
    `ease: the weights are not finite in epoch 1 of 1; try an l2 larger than ${l2}, and weights that are all finite`,
  );
}
