import type { EntityManager } from 'typeorm';
import type { OverlayFilm, OverlayRow } from './overlayFilm.ts';
import { inParts } from './overlayFilm.ts';

/** The movie that a description is of. */
export interface Target {
  movieId: number;
  /** True of a movie of its own, false of one that is there without it. */
  isOwner: boolean;
}

interface Links {
  movieId: number;
  imdbId: number | null;
  tmdbId: number | null;
}

/** Movies that are there, by their ids at IMDb and TMDB. */
export class LinkedMovies {
  readonly #byImdbId = new Map<number, Links>();
  readonly #byTmdbId = new Map<number, Links>();

  add(links: Links): void {
    const { imdbId, tmdbId } = links;
    if (imdbId !== null && !this.#byImdbId.has(imdbId)) this.#byImdbId.set(imdbId, links);
    if (tmdbId !== null && !this.#byTmdbId.has(tmdbId)) this.#byTmdbId.set(tmdbId, links);
  }

  /** The movie that the ids name, IMDb's before TMDB's; null where there is none, or IMDb's says that it is another one. */
  find({ imdbId, tmdbId }: Pick<Links, 'imdbId' | 'tmdbId'>): number | null {
    const byImdb = imdbId === null ? undefined : this.#byImdbId.get(imdbId);
    if (byImdb) return byImdb.movieId;
    const byTmdb = tmdbId === null ? undefined : this.#byTmdbId.get(tmdbId);
    const isOther = byTmdb && imdbId !== null && byTmdb.imdbId !== null;
    return byTmdb && !isOther ? byTmdb.movieId : null;
  }
}

/** Reads the movies that some descriptions may be of. */
export async function readLinkedMovies(
  manager: EntityManager,
  films: readonly OverlayFilm[],
): Promise<LinkedMovies> {
  const linked = new LinkedMovies();
  for (const kind of ['imdbId', 'tmdbId'] as const) {
    const ids = films.flatMap((film) => film[kind] ?? []);
    await inParts(ids, async (part, marks) => {
      const rows = await manager.query<Links[]>(
        `SELECT movieId, imdbId, tmdbId FROM external_ids WHERE ${kind} IN (${marks}) ORDER BY movieId`,
        part,
      );
      for (const row of rows) linked.add(row);
    });
  }
  return linked;
}

/**
 * Decides which movie a description is of: its own stays its own; else one that is there by its ids; else, where no id says
 * anything else, the one that it was of before; else its own.
 * @param isThere tells whether everybody sees a movie
 * @param nextNumber gives a number that no movie ever had
 */
export function targetOf(
  film: OverlayFilm,
  row: OverlayRow | undefined,
  linked: LinkedMovies,
  isThere: (movieId: number) => boolean,
  nextNumber: () => number,
): Target {
  const isOwn = row?.isOwner === 1;
  // A deleted one too: ratings are kept aside under its number.
  if (isOwn) return { movieId: row.movieId, isOwner: true };
  const known = linked.find(film);
  if (known !== null) return { movieId: known, isOwner: false };
  const saysNothing = film.imdbId === null && film.tmdbId === null;
  if (row && saysNothing && isThere(row.movieId)) return { movieId: row.movieId, isOwner: false };
  return { movieId: nextNumber(), isOwner: true };
}
