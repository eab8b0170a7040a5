import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { topK } from '../../search/topK.ts';
import { packRows, paddedRows } from '../../sparse/itemMatrix.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import { transposed, userRows, withColumns } from '../../sparse/rows.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { FitError, checkOptions } from '../fitting.ts';
import type { EASEOptions } from './index.ts';

/** EASE on the items that take part: X by user and by item, and how to leave the numbering used inside. */
export interface EASEProblem {
  readonly users: SparseRows;
  readonly items: SparseRows;
  /** The item behind each column of X. */
  readonly itemOf: Int32Array;
  readonly form: 'primal' | 'dual';
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

/** A row may have this multiple of the average number of weights: popular items say most about others. */
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
