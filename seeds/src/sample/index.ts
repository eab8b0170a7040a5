/** The bundled sample: real films, synthetic ratings. */
import { readFilms } from './films.ts';
import { generateRatings, type GeneratedRatings } from './generate.ts';

export const SAMPLE_NAME = 'sample';

/** One sentence for wherever the sample shows. */
export const SAMPLE_NOTICE = 'The bundled sample has real films, but its users and ratings are synthetic.';

/** A film of the sample. */
export interface SampleMovie {
  movieId: number;
  title: string;
  releaseYear: number;
  genres: string[];
  /** IMDb's number of the title, without `tt`; empty where it was not confirmed. */
  imdbId: string;
}

/** The films of the sample by ascending movieId. */
export function sampleMovies(): SampleMovie[] {
  return readFilms().map(({ movieId, title, releaseYear, genres, imdbId }) => ({
    movieId,
    title,
    releaseYear,
    genres,
    imdbId: imdbId.replace('tt', ''),
  }));
}

/** The sample's synthetic ratings, by user and then time; the same at every call. */
export function sampleRatings(): GeneratedRatings {
  return generateRatings(readFilms());
}
