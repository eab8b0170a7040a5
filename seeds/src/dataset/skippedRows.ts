import { placeOf, RATING_PROBLEMS } from '@pocketrocket/formats';
import { AppError } from '@pocketrocket/runtime';

/** The kinds of bad rows, with their text in reports. */
export const BAD_ROWS = {
  columnCount: RATING_PROBLEMS.columnCount,
  badId: RATING_PROBLEMS.badId,
  badTitle: 'title is empty or longer than 300 characters',
  badYear: 'release year is not a year',
  badGenre: 'genre is longer than 60 characters',
  duplicateMovie: 'movie id occurs a second time',
  unknownMovie: RATING_PROBLEMS.unknownMovie,
  ratingOffScale: RATING_PROBLEMS.ratingOffScale,
  badTime: RATING_PROBLEMS.badTime,
  duplicatePair: 'second rating of the same movie by the same user',
} as const;

export type BadRowKind = keyof typeof BAD_ROWS;

/** The content of a report as plain data. */
export type SkippedSnapshot = [kind: BadRowKind, count: number, places: string[]][];

const SHOWN_PER_KIND = 10;

/** Counts rows that cannot be used, by kind, and remembers where the first ten of each stand. */
export class SkippedRows {
  readonly #places = new Map<BadRowKind, string[]>();
  readonly #counts = new Map<BadRowKind, number>();
  readonly #strict: boolean;

  /** With `strict` the first bad row ends the reading. */
  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** @throws AppError BAD_DATA when strict */
  add(kind: BadRowKind, file: string, line: number, value?: string): void {
    const place = placeOf(file, line, value);
    if (this.#strict) {
      throw new AppError('BAD_DATA', `${place}: ${BAD_ROWS[kind]}; nothing was changed (--strict)`);
    }
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const places = this.#places.get(kind) ?? [];
    if (places.length < SHOWN_PER_KIND) this.#places.set(kind, [...places, place]);
  }

  /** Counts rows whose places nobody needs any more: ten of the kind are known. */
  addUnseen(kind: BadRowKind, count: number): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  snapshot(): SkippedSnapshot {
    return [...this.#counts].map(([kind, count]) => [kind, count, this.#places.get(kind) ?? []]);
  }

  /** Takes the place of everything counted so far. */
  restore(snapshot: SkippedSnapshot): void {
    this.#counts.clear();
    this.#places.clear();
    for (const [kind, count, places] of snapshot) {
      this.#counts.set(kind, count);
      this.#places.set(kind, places);
    }
  }

  /** The number of rows of each kind, all kinds listed. */
  counts(): Record<BadRowKind, number> {
    const kinds = Object.keys(BAD_ROWS) as BadRowKind[];
    return Object.fromEntries(kinds.map((kind) => [kind, this.#counts.get(kind) ?? 0])) as Record<
      BadRowKind,
      number
    >;
  }

  /** For people: one paragraph a kind; empty where nothing was skipped. */
  describe(): string[] {
    return [...this.#places].flatMap(([kind, places]) => {
      const count = this.#counts.get(kind) ?? 0;
      const more = count > places.length ? [`  … and ${count - places.length} more`] : [];
      return [`skipped ${count}: ${BAD_ROWS[kind]}`, ...places.map((place) => `  ${place}`), ...more];
    });
  }
}
