import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { topK } from '../../search/topK.ts';
import { packRows } from '../../sparse/itemMatrix.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { PairSums } from '../../sparse/pairSums.ts';
import { transposed, userRows, withColumns } from '../../sparse/rows.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { FitError, checkOptions } from '../fitting.ts';
import type { EASEOptions } from './index.ts';

/** The items that take part in EASE, and how to leave the numbering used inside. */
export interface EASEItems {
  /** Of all items and interactions, also of those that do not take part. */
  readonly numItems: number;
  readonly numInteractions: number;
  /** The item behind each column of X. */
  readonly itemOf: Int32Array;
}

/** EASE on the items that take part: X by user and by item. */
export interface EASEProblem extends EASEItems {
  readonly users: SparseRows;
  readonly items: SparseRows;
  readonly form: 'primal' | 'dual';
}

/** Checks the options and numbers the items that take part. */
export function easeItems(counts: Int32Array, options: EASEOptions): EASEItems {
  checkOptions('ease', options, ['numNeighbours'], ['l2']);
  const { maxItems = counts.length } = options;
  const numInteractions = counts.reduce((sum, count) => sum + count, 0);
  if (numInteractions === 0) throw new FitError('ease: there are no interactions to learn from');
  checkOptions('ease', { maxItems }, ['maxItems'], []);
  return { numItems: counts.length, numInteractions, itemOf: mostMet(counts, maxItems) };
}

/** The problem of some interactions. */
export function easeProblem(interactions: Interactions, options: EASEOptions): EASEProblem {
  const { weights } = options;
  const chosen = easeItems(countItems(interactions), options);
  if (weights && weights.length !== interactions.itemIndices.length) {
    throw new FitError(`ease: ${weights.length} weights for ${interactions.itemIndices.length} interactions`);
  }
  const users = withColumns(userRows(interactions, weights), chosen.itemOf);
  const form = options.form ?? (users.numRows < users.numColumns ? 'dual' : 'primal');
  return { ...chosen, users, items: transposed(users), form };
}

/**
 * Adds sums of pairs to XᵀX of the items that take part; those of others are passed over.
 * @param gram rows of `stride` numbers, added to in place
 */
export function gramAdder(
  { numItems, itemOf }: EASEItems,
  gram: Float32Array | Float64Array,
  stride: number,
): (pairs: PairSums) => void {
  const placeOf = new Int32Array(numItems).fill(-1);
  itemOf.forEach((item, place) => (placeOf[item] = place));
  return ({ firstItem, offsets, items, sums }) => {
    for (let row = 0; row + 1 < offsets.length; row++) {
      const place = placeOf[firstItem + row];
      if (place < 0) continue;
      for (let entry = offsets[row]; entry < offsets[row + 1]; entry++) {
        const column = placeOf[items[entry]];
        if (column >= 0) gram[place * stride + column] += sums[entry];
      }
    }
  };
}

/** The items with the most interactions, in ascending order of row, at most `maxItems`, none without interactions. */
function mostMet(counts: Int32Array, maxItems: number): Int32Array {
  const met = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  return topK(Float32Array.of(1), Float32Array.from(counts), 1, Math.min(maxItems, met)).items.sort();
}

/** A row may have this multiple of the average number of weights: popular items say most about others. */
const ROW_SPREAD = 8;

/** The weights kept of each row, among which {@link servedWeights} chooses. */
export function easeWidth({ itemOf }: EASEItems, { numNeighbours }: EASEOptions): number {
  return Math.min(ROW_SPREAD * numNeighbours, itemOf.length);
}

/**
 * The strongest weights of all rows together, in the numbering of the caller.
 *
 * Against an equal number in each row this keeps what the items met most say of many others: on ml-latest-small's
 * user-wise split nDCG@10 is .396 with 200 weights per item on average, .377 with the 400 largest of each row, and .400 with all.
 * @param rows of the items that take part, in the numbering used inside
 */
export function servedWeights(
  { numItems, itemOf }: EASEItems,
  rows: PaddedRows,
  { numNeighbours }: EASEOptions,
): SparseItemMatrix {
  const { offsets: inside, items, weights } = packRows(rows, numItems * numNeighbours);
  const offsets = new Int32Array(numItems + 1);
  itemOf.forEach((item, place) => (offsets[item + 1] = inside[place + 1] - inside[place]));
  for (let item = 0; item < numItems; item++) offsets[item + 1] += offsets[item];
  return { numItems, offsets, items: Int32Array.from(items, (place) => itemOf[place]), weights };
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
