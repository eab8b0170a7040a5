import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { packRows, paddedRows } from '../../sparse/itemMatrix.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { PairSource } from '../../sparse/pairSums.ts';
import { RowAccumulator } from '../../sparse/rowAccumulator.ts';
import { FitError, checkOptions } from '../fitting.ts';

const { exp, sqrt, min } = Math;

export interface TransitionOptions {
  /** The largest distance in a history between two items of a pair. */
  readonly window: number;
  /** Positions over which a pair's weight falls to 1/e. */
  readonly decay: number;
  /** Counts only pairs in which j comes after i (i → j) where true, both orders alike where false. */
  readonly isDirected: boolean;
  /** Targets stored for each item, at most. */
  readonly numNeighbours: number;
}

/** Added to both items' counts: what few have met is a neighbour of little. */
const DAMPING = 5;

/**
 * Counts which items stand near one another in the users' time-ordered histories (co-visitation), or shortly after.
 *
 * weight(i, j) = Σ over pairs at distance d ≤ window of exp(−d / decay), divided by √((n(i) + 5)(n(j) + 5)) with n the
 * items' counts. Where only the user's set of items matters, use EASE; here the order does.
 * @throws FitError for options out of range or without interactions.
 */
export function fitTransitions(interactions: Interactions, options: TransitionOptions): SparseItemMatrix {
  if (interactions.itemIndices.length === 0)
    throw new FitError('transitions: there are no interactions to learn from');
  return strongestTransitions(nearPairs(interactions, options), countItems(interactions), options);
}

/** Pairs of items with the sum of their weights by distance. @throws FitError for options out of range */
export function nearPairs(interactions: Interactions, options: TransitionOptions): PairSource {
  checkOptions('transitions', options, ['window', 'numNeighbours'], ['decay']);
  const { itemIndices } = interactions;
  const { window, isDirected } = options;
  const weightAt = Float64Array.from({ length: window + 1 }, (_, distance) => exp(-distance / options.decay));
  const { offsets, positions, starts, ends } = occurrences(interactions);
  return {
    addRow(item, row) {
      for (let at = offsets[item]; at < offsets[item + 1]; at++) {
        const position = positions[at];
        const last = min(ends[at] - 1, position + window);
        for (let other = position + 1; other <= last; other++) {
          row.add(itemIndices[other], weightAt[other - position]);
        }
        if (isDirected) continue;
        for (let other = position - 1; other >= starts[at] && position - other <= window; other--) {
          row.add(itemIndices[other], weightAt[position - other]);
        }
      }
    },
  };
}

/**
 * The strongest of each item, damped by how many met both.
 * @param counts [numItems] of all interactions
 * @param items the first item and the one behind the last, whose rows alone are wanted; all where left out
 */
export function strongestTransitions(
  pairs: PairSource,
  counts: Int32Array,
  { numNeighbours }: Pick<TransitionOptions, 'numNeighbours'>,
  [firstItem, lastItem]: readonly [number, number] = [0, counts.length],
): SparseItemMatrix {
  const numItems = counts.length;
  const scale = Float64Array.from(counts, (count) => 1 / sqrt(count + DAMPING));
  const rows = paddedRows(lastItem - firstItem, min(numNeighbours, numItems));
  const row = new RowAccumulator(numItems);
  for (let item = firstItem; item < lastItem; item++) {
    pairs.addRow(item, row);
    const strongest = row.takeStrongest(rows.width, item, (other) => scale[item] * scale[other]);
    rows.items.set(strongest.items, (item - firstItem) * rows.width);
    rows.weights.set(strongest.scores, (item - firstItem) * rows.width);
  }
  return packRows(rows);
}

/** The positions of each item, those of item i at offsets[i] … offsets[i + 1], with the bounds of the history around each. */
function occurrences({ numUsers, numItems, userOffsets, itemIndices }: Interactions): {
  offsets: Int32Array;
  positions: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
} {
  const n = itemIndices.length;
  const offsets = new Int32Array(numItems + 1);
  for (const item of itemIndices) offsets[item + 1]++;
  for (let item = 0; item < numItems; item++) offsets[item + 1] += offsets[item];
  const next = offsets.slice();
  const positions = new Int32Array(n);
  const starts = new Int32Array(n);
  const ends = new Int32Array(n);
  for (let user = 0; user < numUsers; user++) {
    for (let position = userOffsets[user]; position < userOffsets[user + 1]; position++) {
      const at = next[itemIndices[position]]++;
      positions[at] = position;
      starts[at] = userOffsets[user];
      ends[at] = userOffsets[user + 1];
    }
  }
  return { offsets, positions, starts, ends };
}
