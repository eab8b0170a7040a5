import type { EntityManager } from 'typeorm';
import type { OverlayMovieEntity } from '../entities/overlayMovie.ts';
import { placeholders } from '../statements.ts';

/** A movie as an app describes it, checked. */
export interface OverlayFilm {
  externalId: string;
  title: string;
  alternativeTitles: readonly string[];
  releaseYear: number | null;
  /** By name. */
  genres: readonly string[];
  posterUrl: string | null;
  overview: string | null;
  /** IMDb's number of the title, without `tt` and leading zeros. */
  imdbId: number | null;
  tmdbId: number | null;
}

/** A row of `overlay_movie`. */
export type OverlayRow = OverlayMovieEntity;

const ROWS_PER_STATEMENT = 500;

/** The columns of a description, in the order of `descriptionValues`. */
export const DESCRIPTION_COLUMNS = [
  'title',
  'alternativeTitles',
  'releaseYear',
  'genres',
  'posterUrl',
  'overview',
  'imdbId',
  'tmdbId',
] as const satisfies readonly (keyof OverlayFilm)[];

export function descriptionValues(film: OverlayFilm): (string | number | null)[] {
  return [
    film.title,
    JSON.stringify(film.alternativeTitles),
    film.releaseYear,
    JSON.stringify(film.genres),
    film.posterUrl,
    film.overview,
    film.imdbId,
    film.tmdbId,
  ];
}

/** True where two describe a movie alike. */
export function isSameDescription(one: OverlayFilm, other: OverlayFilm): boolean {
  return JSON.stringify(descriptionValues(one)) === JSON.stringify(descriptionValues(other));
}

type StoredRow = Omit<OverlayRow, 'alternativeTitles' | 'genres'> & {
  alternativeTitles: string;
  genres: string;
};

/** Reads rows that a condition holds for, ascending by movieId; the oldest of a movie first. */
export async function readOverlay(
  queries: Pick<EntityManager, 'query'>,
  condition: string,
  values: readonly (string | number)[] = [],
): Promise<OverlayRow[]> {
  const rows = await queries.query<StoredRow[]>(
    `SELECT * FROM overlay_movie WHERE ${condition} ORDER BY movieId, createdAtSeconds, namespace, externalId`,
    [...values],
  );
  return rows.map((row) => ({
    ...row,
    alternativeTitles: JSON.parse(row.alternativeTitles) as string[],
    genres: JSON.parse(row.genres) as string[],
  }));
}

/** Does something for each part of a list that one statement takes. */
export async function inParts<T>(
  list: readonly T[],
  work: (part: T[], marks: string) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < list.length; start += ROWS_PER_STATEMENT) {
    const part = list.slice(start, start + ROWS_PER_STATEMENT);
    await work(part, placeholders(part));
  }
}
