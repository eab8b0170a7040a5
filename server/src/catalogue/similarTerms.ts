import { sharedNumbers } from './sharedNumbers.ts';
import type { SortedTexts } from './sortedTexts.ts';

/** Lengths beyond it are not told apart: no query is as long. */
const LONGEST = 255;

/** Counts the units that each text has in common with the one before it, up to 255: [texts]. */
export function commonBeginnings(texts: readonly string[]): Uint8Array {
  const common = sharedNumbers(Uint8Array, texts.length);
  for (let index = 1; index < texts.length; index++) {
    const before = texts[index - 1] ?? '';
    const text = texts[index] ?? '';
    const most = Math.min(before.length, text.length, LONGEST);
    let length = 0;
    while (length < most && before.charCodeAt(length) === text.charCodeAt(length)) length++;
    common[index] = length;
  }
  return common;
}

/**
 * Visits the texts that some insertions, deletions and exchanges of a unit, and swaps of two neighbours, turn into a query (optimal
 * string alignment), in order.
 * One pass over all: texts that begin alike share the rows of the table of distances (Wagner and Fischer 1974), and those that
 * begin too differently are passed over together.
 * @param beginnings of {@link commonBeginnings}
 * @param most of such changes
 */
export function visitSimilar(
  texts: SortedTexts,
  beginnings: Uint8Array,
  query: string,
  most: number,
  visit: (index: number, distance: number) => void,
): void {
  const longest = Math.min(query.length + most, LONGEST);
  const table = new DistanceTable(query, most, longest);
  // Rows that hold for the beginning of the text at hand, and whether the last of them leaves no hope.
  let rows = 0;
  let hopeless = false;
  for (let index = 0; index < texts.length; index++) {
    const common = beginnings[index] ?? 0;
    if (common < rows) {
      rows = common;
      hopeless = false;
    }
    if (hopeless) continue;
    const length = texts.lengthOf(index);
    const wanted = Math.min(length, longest);
    while (rows < wanted && !hopeless) {
      rows++;
      hopeless = table.fillRow(rows, texts.unitOf(index, rows - 1)) > most;
    }
    if (hopeless || length > longest) continue;
    const distance = table.distance(length);
    if (distance <= most) visit(index, distance);
  }
}

/** Distances between beginnings of a text, by row, and beginnings of a query. */
class DistanceTable {
  readonly #query: Uint16Array;
  readonly #most: number;
  /** [rows × (query + 1)], more than `most` outside of a band around the diagonal. */
  readonly #cells: Uint8Array;
  readonly #width: number;
  /** The unit of each row. */
  readonly #units: Uint16Array;

  constructor(query: string, most: number, longest: number) {
    this.#query = Uint16Array.from({ length: query.length }, (_, unit) => query.charCodeAt(unit));
    this.#most = most;
    this.#width = query.length + 1;
    this.#units = new Uint16Array(longest + 1);
    this.#cells = new Uint8Array((longest + 1) * this.#width).fill(most + 1);
    for (let column = 0; column <= Math.min(most, query.length); column++) this.#cells[column] = column;
  }

  /** Computes the row of a beginning that ends with a unit, from that of the beginning without it. @returns the least of the row */
  fillRow(row: number, unit: number): number {
    const query = this.#query;
    const cells = this.#cells;
    const most = this.#most;
    const above = (row - 1) * this.#width;
    const here = row * this.#width;
    const before = this.#units[row - 1];
    this.#units[row] = unit;
    let least = most + 1;
    if (row <= most) cells[here] = least = row;
    for (let column = Math.max(1, row - most); column <= Math.min(query.length, row + most); column++) {
      const exchanged = (cells[above + column - 1] ?? 0) + (query[column - 1] === unit ? 0 : 1);
      const changed = 1 + Math.min(cells[above + column] ?? 0, cells[here + column - 1] ?? 0);
      let cell = Math.min(exchanged, changed, most + 1);
      // Swapped: by the row before the one above.
      if (row > 1 && column > 1 && query[column - 2] === unit && query[column - 1] === before)
        cell = Math.min(cell, 1 + (cells[above - this.#width + column - 2] ?? 0));
      cells[here + column] = cell;
      if (cell < least) least = cell;
    }
    return least;
  }

  /** Between the whole query and a beginning of so many units. */
  distance(row: number): number {
    return this.#cells[row * this.#width + this.#width - 1] ?? 0;
  }
}
