import { sharedNumbers } from './sharedNumbers.ts';

/** Distinct texts in ascending order of their UTF-16 units, in memory that threads share. */
export interface PackedSortedTexts {
  units: Uint16Array;
  /** The begin of each, and behind them the end of the last: [texts + 1]. */
  offsets: Int32Array;
}

/** @param texts distinct, and sorted as `sort` without a comparison sorts */
export function packSorted(texts: readonly string[]): PackedSortedTexts {
  const offsets = sharedNumbers(Int32Array, texts.length + 1);
  texts.forEach((text, index) => (offsets[index + 1] = (offsets[index] ?? 0) + text.length));
  const units = sharedNumbers(Uint16Array, offsets[texts.length] ?? 0);
  texts.forEach((text, index) => {
    const start = offsets[index] ?? 0;
    for (let unit = 0; unit < text.length; unit++) units[start + unit] = text.charCodeAt(unit);
  });
  return { units, offsets };
}

/** Texts that are looked up as a whole or by how they begin. */
export class SortedTexts {
  readonly #units: Uint16Array;
  readonly #offsets: Int32Array;

  constructor({ units, offsets }: PackedSortedTexts) {
    this.#units = units;
    this.#offsets = offsets;
  }

  get length(): number {
    return this.#offsets.length - 1;
  }

  lengthOf(index: number): number {
    return (this.#offsets[index + 1] ?? 0) - (this.#offsets[index] ?? 0);
  }

  /** A unit of a text. */
  unitOf(index: number, unit: number): number {
    return this.#units[(this.#offsets[index] ?? 0) + unit] ?? 0;
  }

  textOf(index: number): string {
    return String.fromCharCode(
      ...Array.from({ length: this.lengthOf(index) }, (_, unit) => this.unitOf(index, unit)),
    );
  }

  /** The place of a text; −1 where it is not among them. */
  indexOf(text: string): number {
    const index = this.#firstFrom(text);
    return index < this.length && this.lengthOf(index) === text.length && this.#compare(index, text) === 0
      ? index
      : -1;
  }

  /** The places from one up to before another, of all texts that begin so. */
  rangeOf(beginning: string): [from: number, to: number] {
    const from = this.#firstFrom(beginning);
    let low = from;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, beginning) > 0) high = middle;
      else low = middle + 1;
    }
    return [from, low];
  }

  /** The first place whose text does not come before the given one. */
  #firstFrom(text: string): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Negative where a text comes before the given one, 0 where it begins so, else positive. */
  #compare(index: number, text: string): number {
    const length = this.lengthOf(index);
    for (let unit = 0; unit < text.length; unit++) {
      if (unit === length) return -1;
      const difference = this.unitOf(index, unit) - text.charCodeAt(unit);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
