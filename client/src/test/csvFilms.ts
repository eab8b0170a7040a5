import { readFileSync } from 'node:fs';
import { parseTable } from '@pocketrocket/formats';
import type { PosterFilm } from '../posters/poster.ts';

/** A film of the bundled sample or of a MovieLens data set. */
export interface CsvFilm extends PosterFilm {
  movieId: number;
  year: number | null;
  /** The digits of IMDb's id; null where the file has none. */
  imdbId: number | null;
}

/** The films of a CSV in its order; their years stand in a column, or at the ends of their titles. */
export function csvFilms(file: URL): CsvFilm[] {
  const { header, rows } = parseTable(file.pathname, readFileSync(file));
  const field = (row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';
  return rows
    .filter(([first]) => !first?.startsWith('#'))
    .map((row) => {
      const named = field(row, 'title');
      const [, title = named, trailingYear] = /^(.*?)\s*\((\d{4})\)\s*$/.exec(named) ?? [];
      return {
        movieId: Number(field(row, 'movieId')),
        imdbId: Number(/^tt(\d+)$/.exec(field(row, 'imdbId'))?.[1]) || null,
        title,
        year: Number(field(row, 'releaseYear') || trailingYear) || null,
        genres: field(row, 'genres').split('|').filter(Boolean),
      };
    });
}
