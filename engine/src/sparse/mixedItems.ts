import type { ItemMixture } from '../data/itemMixture.ts';
import type { SparseItemMatrix } from './itemMatrix.ts';
import { largestShares } from './largestShares.ts';
import { RowList } from './rowList.ts';
import { StrongestFirstRow } from './strongestFirstRow.ts';

/** Entries that all added rows have room for together, and those that the known rows have for new columns. */
const ADDED_ENTRIES = 1_500_000;
/** Least and most entries of an added row, and of what is added to a known one. */
const LEAST_OF_ROW = 16;
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
  return appended(matrix, columns, rows);
}

/**
 * Of each known row its entries in the columns of the mixtures; those of its strongest entries, where these are many.
 * @param row reused
 */
function addedColumns(
  { numItems, offsets, items, weights }: SparseItemMatrix,
  mixtures: readonly ItemMixture[],
  row: StrongestFirstRow,
): RowList {
  const shares = largestShares(mixtures, numItems);
  const most = boundOfRow(numItems);
  const columns = new RowList(numItems, Math.min(most, mixtures.length));
  for (let item = 0; item < numItems; item++) {
    let room = MIXED_PER_KEPT * most;
    for (let entry = offsets[item]; entry < offsets[item + 1] && room > 0; entry++) {
      const start = shares.offsets[items[entry]];
      const end = shares.offsets[items[entry] + 1];
      for (let at = start; at < end; at++)
        row.add(numItems + shares.mixtures[at], shares.weights[at] * weights[entry]);
      room -= end - start;
    }
    columns.push(row.take(item, most));
  }
  return columns;
}

/** Of each mixture its row: the shares of its items' rows, as many entries of each as its share has room for. */
function addedRows(
  { numItems, offsets, items, weights }: SparseItemMatrix,
  mixtures: readonly ItemMixture[],
  columns: RowList,
  row: StrongestFirstRow,
): RowList {
  const most = boundOfRow(mixtures.length);
  const rows = new RowList(mixtures.length, most);
  mixtures.forEach((mixture, index) => {
    for (let place = 0; place < mixture.items.length; place++) {
      const source = mixture.items[place];
      const share = mixture.weights[place];
      const room = Math.ceil(0.5 * share * MIXED_PER_KEPT * most);
      const end = Math.min(offsets[source + 1], offsets[source] + room);
      for (let entry = offsets[source]; entry < end; entry++) row.add(items[entry], share * weights[entry]);
      const furtherEnd = Math.min(columns.offsets[source + 1], columns.offsets[source] + room);
      for (let entry = columns.offsets[source]; entry < furtherEnd; entry++)
        row.add(columns.items[entry], share * columns.weights[entry]);
    }
    rows.push(row.take(numItems + index, most));
  });
  return rows;
}

function boundOfRow(numRows: number): number {
  return Math.max(LEAST_OF_ROW, Math.min(MOST_OF_ROW, Math.floor(ADDED_ENTRIES / numRows)));
}

/** The matrix with further entries behind those of its rows, and further rows behind its own. */
function appended(matrix: SparseItemMatrix, columns: RowList, rows: RowList): SparseItemMatrix {
  const { numItems, offsets, items, weights } = matrix;
  const numRows = numItems + rows.offsets.length - 1;
  const numEntries = items.length + columns.size + rows.size;
  const all = {
    numItems: numRows,
    offsets: new Int32Array(numRows + 1),
    items: new Int32Array(numEntries),
    weights: new Float32Array(numEntries),
  };
  let size = 0;
  const copy = (from: Pick<SparseItemMatrix, 'offsets' | 'items' | 'weights'>, row: number): void => {
    const [start, end] = [from.offsets[row], from.offsets[row + 1]];
    all.items.set(from.items.subarray(start, end), size);
    all.weights.set(from.weights.subarray(start, end), size);
    size += end - start;
  };
  for (let row = 0; row < numRows; row++) {
    if (row < numItems) {
      copy({ offsets, items, weights }, row);
      copy(columns, row);
    } else {
      copy(rows, row - numItems);
    }
    all.offsets[row + 1] = size;
  }
  return all;
}
