import { Growing } from '../data/growing.ts';
import { RowAccumulator } from './rowAccumulator.ts';

/** Sums over pairs of items, row by row: counted in histories, or added up from the sums of parts of them. */
export interface PairSource {
  /** Adds all that the item's row has to the accumulator. */
  addRow(item: number, row: RowAccumulator): void;
}

/** The sums of rows `firstItem` and following, without entries that are nowhere added to. */
export interface PairSums {
  readonly firstItem: number;
  /** [rows + 1]: the row of item firstItem + r has the entries offsets[r] … offsets[r + 1]. */
  readonly offsets: Int32Array;
  /** [entries] columns, ascending in each row. */
  readonly items: Int32Array;
  /** [entries] */
  readonly sums: Float64Array;
}

const INITIAL_CAPACITY = 1024;

/** Adds up the rows of items firstItem … lastItem − 1. */
export function sumPairs(
  source: PairSource,
  numItems: number,
  [firstItem, lastItem]: readonly [number, number],
): PairSums {
  const offsets = new Int32Array(lastItem - firstItem + 1);
  const items = new Growing<Int32Array>(Int32Array, INITIAL_CAPACITY);
  const sums = new Growing<Float64Array>(Float64Array, INITIAL_CAPACITY);
  const row = new RowAccumulator(numItems);
  for (let item = firstItem; item < lastItem; item++) {
    source.addRow(item, row);
    const all = row.takeAll();
    items.push(all.columns);
    sums.push(all.sums);
    offsets[item - firstItem + 1] = items.length;
  }
  return { firstItem, offsets, items: items.values(), sums: sums.values() };
}

/** Adds the sums of parts, in their order; each has rows of its own, or the same as others. */
export function pairsOfParts(parts: readonly PairSums[]): PairSource {
  return {
    addRow(item, row) {
      for (const { firstItem, offsets, items, sums } of parts) {
        const place = item - firstItem;
        if (place < 0 || place >= offsets.length - 1) continue;
        for (let entry = offsets[place]; entry < offsets[place + 1]; entry++)
          row.add(items[entry], sums[entry]);
      }
    },
  };
}
