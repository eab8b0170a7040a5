import { sharedNumbers } from './sharedNumbers.ts';
import type { PackedSortedTexts } from './sortedTexts.ts';

const SPACE = 32;

/** The begins of all words of some texts in the order of what follows them without spaces. */
export interface PackedStarts {
  /** Places in the texts' units. */
  starts: Int32Array;
}

/** A place where a text stands, joined or split. */
export interface StartFound {
  /** The text's number. */
  text: number;
  /** True where it ends with a word. */
  isWhole: boolean;
  /** True where it begins with the text. */
  isFirst: boolean;
  /** Spaces within it there. */
  numSpaces: number;
  /** With these. */
  length: number;
}

/** Sorts the begins of all words; "spider man" and "spiderman" are neighbours then. */
export function packStarts({ units, offsets }: PackedSortedTexts): PackedStarts {
  const starts: number[] = [];
  for (let text = 0; text + 1 < offsets.length; text++) {
    const end = offsets[text + 1] ?? 0;
    for (let at = offsets[text] ?? 0; at < end; at++)
      if (units[at] !== SPACE && (at === offsets[text] || units[at - 1] === SPACE)) starts.push(at);
  }
  const ends = endsOf(offsets, units.length);
  const sorted = Int32Array.from(starts).sort((a, b) => compareFrom(units, ends, a, b));
  return { starts: sharedNumbers(Int32Array, sorted) };
}

/** Marks the first unit of each text, behind which the one before has ended. */
function endsOf(offsets: Int32Array, length: number): Uint8Array {
  const ends = new Uint8Array(length + 1);
  for (const offset of offsets) ends[offset] = 1;
  return ends;
}

function compareFrom(units: Uint16Array, ends: Uint8Array, one: number, other: number): number {
  for (let a = one, b = other, first = true; ; first = false) {
    if (!first) {
      a++;
      b++;
    }
    while (units[a] === SPACE && (a === one || !ends[a])) a++;
    while (units[b] === SPACE && (b === other || !ends[b])) b++;
    const aEnds = a !== one && ends[a] === 1;
    const bEnds = b !== other && ends[b] === 1;
    if (aEnds || bEnds) return aEnds && bEnds ? one - other : aEnds ? -1 : 1;
    const difference = (units[a] ?? 0) - (units[b] ?? 0);
    if (difference !== 0) return difference;
  }
}

/** Finds texts by how what stands in them goes on from the begin of a word, spaces left out. */
export class NameStarts {
  readonly #units: Uint16Array;
  readonly #offsets: Int32Array;
  readonly #starts: Int32Array;

  constructor({ units, offsets }: PackedSortedTexts, { starts }: PackedStarts) {
    this.#units = units;
    this.#offsets = offsets;
    this.#starts = starts;
  }

  /** Finds the places of a text without spaces; none where it stands in more places than `most`. */
  find(text: string, most: number): StartFound[] {
    const from = this.#firstFrom(text, 0);
    const to = this.#firstFrom(text, 1);
    if (to - from > most) return [];
    return Array.from(this.#starts.subarray(from, to), (start) => this.#foundAt(start, text.length));
  }

  #foundAt(start: number, length: number): StartFound {
    const text = this.#textAt(start);
    const end = this.#offsets[text + 1] ?? 0;
    let at = start;
    let numSpaces = 0;
    for (let met = 0; met < length; at++) {
      if (this.#units[at] === SPACE) numSpaces++;
      else met++;
    }
    const isWhole = at >= end || this.#units[at] === SPACE;
    return { text, isWhole, isFirst: start === this.#offsets[text], numSpaces, length: at - start };
  }

  /** The text in which a unit is. */
  #textAt(unit: number): number {
    let low = 0;
    let high = this.#offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#offsets[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first start that comes not before the text, or with `beyond` 1 not before all that goes on from it. */
  #firstFrom(text: string, beyond: 0 | 1): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#starts[middle] ?? 0, text) < beyond) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Negative where what stands there comes before the text, 0 where it begins so, else positive. */
  #compare(start: number, text: string): number {
    const end = this.#offsets[this.#textAt(start) + 1] ?? 0;
    let at = start;
    for (let unit = 0; unit < text.length; unit++, at++) {
      while (at < end && this.#units[at] === SPACE) at++;
      if (at >= end) return -1;
      const difference = (this.#units[at] ?? 0) - text.charCodeAt(unit);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
