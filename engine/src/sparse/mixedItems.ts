import type { ItemMixture } from '../data/itemMixture.ts';
import type { SparseItemMatrix } from './itemMatrix.ts';
import { largestShares } from './largestShares.ts';
import { StrongestFirstRow } from './strongestFirstRow.ts';

/** Entries that all added rows have room for together, and those that the known rows have for new columns. */
const ADDED_ENTRIES = 2_000_000;
/** Least and most entries of an added row, and of what is added to a known one. */
const LEAST_OF_ROW = 24;
const MOST_OF_ROW = 256;
/** A row is mixed from so many times the entries that it keeps, the strongest. */
const MIXED_PER_KEPT = 8;

/**
 * Adds a column and a row per mixture.
 *
 * The work for a mixture and what is stored of it are bounded: of many mixtures only the strongest entries stay, in its row as
 * in its column.
 */
export function withMixedItems(matrix: SparseItemMatrix, mixtures: readonly ItemMixture[]): SparseItemMatrix {
  const numItems = matrix.numItems + mixtures.length;
  const row = new StrongestFirstRow(numItems);
  const columns = addedColumns(matrix, mixtures, row);
  const rows = addedRows(matrix, mixtures, columns, row);
  return appended(matrix, [...columns, ...rows]);
}

/** Entries of a row, strongest first. */
interface Entries {
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Of each known row its entries in the columns of the mixtures; those of its strongest entries, where these are many.
 * @param row reused
 */
function addedColumns(
  { numItems, offsets, items, weights }: SparseItemMatrix,
  mixtures: readonly ItemMixture[],
  row: StrongestFirstRow,
): Entries[] {
  const shares = largestShares(mixtures, numItems);
  const most = boundOfRow(numItems);
  return Array.from({ length: numItems }, (_, item) => {
    let room = MIXED_PER_KEPT * most;
    for (let entry = offsets[item]; entry < offsets[item + 1] && room > 0; entry++) {
      const start = shares.offsets[items[entry]];
      const end = shares.offsets[items[entry] + 1];
      for (let at = start; at < end; at++)
        row.add(numItems + shares.mixtures[at], shares.weights[at] * weights[entry]);
      room -= end - start;
    }
    return row.take(item, most);
  });
}

/** Of each mixture its row: the shares of its items' rows, as many entries of each as its share has room for. */
function addedRows(
  { numItems, offsets, items, weights }: SparseItemMatrix,
  mixtures: readonly ItemMixture[],
  columns: readonly Entries[],
  row: StrongestFirstRow,
): Entries[] {
  const most = boundOfRow(mixtures.length);
  return mixtures.map((mixture, index) => {
    for (let place = 0; place < mixture.items.length; place++) {
      const source = mixture.items[place];
      const share = mixture.weights[place];
      const room = Math.ceil(0.5 * share * MIXED_PER_KEPT * most);
      const end = Math.min(offsets[source + 1], offsets[source] + room);
      for (let entry = offsets[source]; entry < end; entry++) row.add(items[entry], share * weights[entry]);
      const further = columns[source];
      const furtherEnd = Math.min(further.items.length, room);
      for (let entry = 0; entry < furtherEnd; entry++)
        row.add(further.items[entry], share * further.weights[entry]);
    }
    return row.take(numItems + index, most);
  });
}

function boundOfRow(numRows: number): number {
  return Math.max(LEAST_OF_ROW, Math.min(MOST_OF_ROW, Math.floor(ADDED_ENTRIES / numRows)));
}

/** The matrix with further entries behind those of its rows, and further rows. @param added [rows] of the whole */
function appended({ numItems, offsets, items, weights }: SparseItemMatrix, added: readonly Entries[]) {
  const numAdded = added.reduce((sum, entries) => sum + entries.items.length, 0);
  const all = {
    numItems: added.length,
    offsets: new Int32Array(added.length + 1),
    items: new Int32Array(items.length + numAdded),
    weights: new Float32Array(items.length + numAdded),
  };
  added.forEach((further, item) => {
    let size = all.offsets[item];
    if (item < numItems) {
      all.items.set(items.subarray(offsets[item], offsets[item + 1]), size);
      all.weights.set(weights.subarray(offsets[item], offsets[item + 1]), size);
      size += offsets[item + 1] - offsets[item];
    }
    all.items.set(further.items, size);
    all.weights.set(further.weights, size);
    all.offsets[item + 1] = size + further.items.length;
  });
  return all;
}
