import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A film of the bundled sample: facts, and what the generator of ratings needs to know of it. */
export interface Film {
  movieId: number;
  title: string;
  releaseYear: number;
  genres: string[];
  /** Fame today, 1 to 5. */
  prominence: number;
  /** Key of the series it belongs to; empty where it stands alone. */
  franchise: string;
  /** Such as `tt0114709`; empty where it was not confirmed. */
  imdbId: string;
}

const filmSchema = z.object({
  movieId: z.coerce.number().int().positive(),
  title: z.string().min(1),
  releaseYear: z.coerce.number().int(),
  genres: z.string().transform((genres) => genres.split('|')),
  prominence: z.coerce.number().int().min(1).max(5),
  franchise: z.string(),
  imdbId: z.string().regex(/^(?:tt\d{7,8})?$/),
});

/** The films of the sample by ascending movieId. */
export function readFilms(): Film[] {
  const text = readFileSync(new URL('./films.csv', import.meta.url), 'utf8');
  return z.array(filmSchema).parse(parse(text, { columns: true }));
}
