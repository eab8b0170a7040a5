/** The ways in which a person's export speaks of a film. */
export const PERSONAL_KINDS = ['rating', 'watched', 'like', 'watchlist'] as const;

export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** One film in a person's export; a film stands in it once of each kind. */
export interface PersonalRow {
  kind: PersonalKind;
  title: string | null;
  /** Year of release. */
  year: number | null;
  /** IMDb's number of the title, without `tt` and leading zeros. */
  imdbId: number | null;
  tmdbId: number | null;
  /** 1 … 10 of a rating; null of every other kind. */
  halfStars: number | null;
  /** Unix time at which it was watched, else rated, liked or listed; null where unknown. */
  watchedAtSeconds: number | null;
}

/** A file that was read: its service, its rows, and what of it is no film's. */
export interface PersonalFile {
  service: string;
  rows: readonly PersonalRow[];
  /** True of a diary: its ratings stand only where no list of ratings names the film. */
  isDiary?: boolean;
  leftOut: LeftOut;
}

/** Rows that were not taken over, counted by the reason. */
export type LeftOut = ReadonlyMap<string, number>;

/** Counts reasons. */
export class LeftOutCounter extends Map<string, number> {
  count(reason: string, times = 1): void {
    this.set(reason, (this.get(reason) ?? 0) + times);
  }
}
