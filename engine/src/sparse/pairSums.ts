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

/** Entries below which parts are not yet added up. */
const FEW_ENTRIES = 2 ** 20;

/**
 * Sums of parts that come one after the other, such as those that tasks counted of users of their own; added in that order.
 *
 * What it holds is about twice what all parts make together, however many they are.
 */
export class PairsOfParts implements PairSource {
  #parts: PairSums[] = [];
  #entries = 0;
  /** From so many on they are added up. */
  #most: number;

  constructor(
    private readonly numItems: number,
    private readonly items: readonly [number, number],
    private readonly fewEntries = FEW_ENTRIES,
  ) {
    this.#most = fewEntries;
  }

  /** @throws RangeError for rows of other items */
  add(part: PairSums): void {
    const [first, last] = this.items;
    const end = part.firstItem + part.offsets.length - 1;
    if (part.firstItem < first || end > last) {
      throw new RangeError(`pairs of items ${part.firstItem} … ${end - 1}, not ${first} … ${last - 1}`);
    }
    this.#parts.push(part);
    this.#entries += part.items.length;
    if (this.#entries <= this.#most) return;
    const sums = sumPairs(this, this.numItems, this.items);
    this.#parts = [sums];
    this.#entries = sums.items.length;
    this.#most = Math.max(this.fewEntries, 2 * this.#entries);
  }

  addRow(item: number, row: RowAccumulator): void {
    for (const { firstItem, offsets, items, sums } of this.#parts) {
      const place = item - firstItem;
      if (place < 0 || place >= offsets.length - 1) continue;
      for (let entry = offsets[place]; entry < offsets[place + 1]; entry++)
        row.add(items[entry], sums[entry]);
    }
  }
}
