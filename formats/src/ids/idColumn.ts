import { isPlainText, parseId } from './parseId.ts';
import { TextTable } from './textTable.ts';

/** Ids that are no plain numbers are given numbers from here on … */
export const FIRST_MAPPED_ID = 1_500_000_000;
/** … to here. */
export const LAST_MAPPED_ID = 2 ** 31 - 2;

/** The number of an id that a closed column does not know. */
export const UNKNOWN_ID = -1;

/**
 * The ids of one kind, users or movies, as numbers: whole numbers below `plainBelow` are their own, all other ids are mapped. Until the
 * column is settled each new one gets the next number from `FIRST_MAPPED_ID` on.
 */
export class IdColumn {
  /** Numbers from here on are mapped like any other id. */
  readonly plainBelow: number;
  /** The ids that are mapped, numbered in the order in which they came. */
  readonly mapped = new TextTable();
  /** By place in `mapped`; −1 for those that are used no more. Null until settled. */
  #numbers: Int32Array | null = null;
  /** Places in `mapped` by ascending number. */
  #byNumber = new Uint32Array(0);

  constructor({ plainBelow = FIRST_MAPPED_ID }: { plainBelow?: number } = {}) {
    this.plainBelow = plainBelow;
  }

  /** The number of an id that `parseId` read with this column's `plainBelow`; `UNKNOWN_ID` for a new one once settled. */
  numberOf(id: number | string): number {
    if (typeof id === 'number') return id;
    return this.numberAt(this.#numbers ? this.mapped.find(id) : this.mapped.add(id));
  }

  /** The same of the bytes of a field; `UNKNOWN_ID` also where they are not plain and must be parsed as text. */
  numberOfBytes(bytes: Uint8Array, start: number, end: number): number {
    if (!isPlainText(bytes, start, end)) return UNKNOWN_ID;
    return this.numberAt(
      this.#numbers ? this.mapped.findBytes(bytes, start, end) : this.mapped.addBytes(bytes, start, end),
    );
  }

  /** Gives the mapped ids their final numbers; from now on no further ones are taken. @param numbers by place in `mapped`; −1 for none */
  settle(numbers: Int32Array): void {
    this.#numbers = numbers;
    this.#byNumber = Uint32Array.from(numbers.keys())
      .filter((index) => (numbers[index] ?? UNKNOWN_ID) >= 0)
      .sort((left, right) => (numbers[left] ?? 0) - (numbers[right] ?? 0));
  }

  /** Number of mapped ids that have a number of their own. */
  get numMapped(): number {
    return this.#numbers ? this.#byNumber.length : this.mapped.size;
  }

  /** The ids that are mapped with their numbers, by ascending number, once settled. */
  *entries(): Generator<[number: number, externalId: string]> {
    for (const index of this.#byNumber) yield [this.numberAt(index), this.mapped.textOf(index)];
  }

  /** The id of a number as a file writes it. */
  textOf(number: number): string {
    let low = 0;
    let high = this.#byNumber.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const index = this.#byNumber[middle] ?? 0;
      const found = this.numberAt(index);
      if (found === number) return this.mapped.textOf(index);
      if (found < number) low = middle + 1;
      else high = middle - 1;
    }
    return String(number);
  }

  /** The number of the id at a place in `mapped`. */
  numberAt(place: number): number {
    if (place < 0) return UNKNOWN_ID;
    return this.#numbers ? (this.#numbers[place] ?? UNKNOWN_ID) : FIRST_MAPPED_ID + place;
  }
}

/** The ids in a file of ratings. */
export class RatingIds {
  readonly users: IdColumn;
  readonly movies: IdColumn;

  /** Without columns: new ones. */
  constructor({ users = new IdColumn(), movies = new IdColumn() }: Partial<RatingIds> = {}) {
    this.users = users;
    this.movies = movies;
  }
}

/** The number of an id as a file writes it; null where it is none, `UNKNOWN_ID` where the column is settled and does not know it. */
export function readId(text: string, column: IdColumn): number | null {
  const id = parseId(text, column.plainBelow);
  return id === null ? null : column.numberOf(id);
}
