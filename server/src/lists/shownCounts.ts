import type { Catalogue } from '../catalogue/catalogue.ts';

/** Counts of how often movies were shown in lists, by a catalogue's places. */
export interface ShownCounts {
  /** Counted from here on, in Unix milliseconds. */
  sinceMs: number;
  counts: Uint32Array;
}

/** A report covers one to two of these. */
const WINDOW_MS = 86_400_000;

type Movies = Catalogue['movies'];

/** Counts the movies that lists show: eight bytes a movie. Where the catalogue changes, movies keep their counts. */
export class Shown {
  readonly #nowMs: () => number;
  #movies: Movies | null = null;
  #current = new Uint32Array();
  #before = new Uint32Array();
  #begunMs: number;
  #sinceMs: number;

  /** @param nowMs Unix milliseconds */
  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
    this.#begunMs = this.#sinceMs = nowMs();
  }

  count({ movies }: Pick<Catalogue, 'movies'>, movieIds: readonly number[]): void {
    this.#follow(movies);
    for (const movieId of movieIds) {
      const place = movies.placeOf(movieId);
      if (place >= 0) this.#current[place] = (this.#current[place] ?? 0) + 1;
    }
  }

  report({ movies }: Pick<Catalogue, 'movies'>): ShownCounts {
    this.#follow(movies);
    return {
      sinceMs: this.#sinceMs,
      counts: this.#current.map((count, place) => count + (this.#before[place] ?? 0)),
    };
  }

  /** Begins anew: what was shown so far was shown to nobody. */
  forget(): void {
    this.#movies = null;
    this.#begunMs = this.#sinceMs = this.#nowMs();
  }

  #follow(movies: Movies): void {
    if (this.#movies !== movies) {
      const from = this.#movies;
      this.#current = moved(this.#current, from, movies);
      this.#before = moved(this.#before, from, movies);
      this.#movies = movies;
    }
    const now = this.#nowMs();
    const windows = Math.floor((now - this.#begunMs) / WINDOW_MS);
    if (windows < 1) return;
    this.#before = windows === 1 ? this.#current : new Uint32Array(movies.length);
    this.#sinceMs = windows === 1 ? this.#begunMs : now;
    this.#current = new Uint32Array(movies.length);
    this.#begunMs = now;
  }
}

/** Counts by the places of another catalogue. */
function moved(counts: Uint32Array, from: Movies | null, to: Movies): Uint32Array<ArrayBuffer> {
  const placed = new Uint32Array(to.length);
  if (from === null) return placed;
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place] ?? 0;
    const target = count > 0 ? to.placeOf(from.movieId(place)) : -1;
    if (target >= 0) placed[target] = count;
  }
  return placed;
}

/** The lists of this thread, and the catalogue that they are of. */
const shown = new Shown();
let catalogueNow: (() => Catalogue) | null = null;

/** From now on counts what lists show of this catalogue. */
export function countShownOf(current: () => Catalogue): void {
  catalogueNow = current;
}

/** Counts movies that a page of a list shows. */
export function countShown(movieIds: readonly number[]): void {
  if (catalogueNow) shown.count(catalogueNow(), movieIds);
}

/** The movies that this thread has shown lately; null where it has no catalogue yet. */
export function shownCounts(): ShownCounts | null {
  return catalogueNow && shown.report(catalogueNow());
}

export function forgetShownCounts(): void {
  shown.forget();
}
