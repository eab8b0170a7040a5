import type { RawLinks, RawMovie, RawRating, RawTag } from '../rows/rows.ts';
import {
  GENRES,
  IMDB,
  MOVIE,
  OTHER_MOVIE_ID,
  RATED_MOVIE,
  RATING,
  TAG,
  TIME,
  TITLE,
  TMDB,
  USER,
  YEAR,
} from './columns.ts';
import type { Format, TableFormat } from './format.ts';
import { headedTable } from './headedTable.ts';

/** File names of these stems with every ending, those first that come first. */
const named = (...stems: string[]) =>
  ['csv', 'tsv', 'txt'].flatMap((ending) => stems.map((stem) => `${stem}.${ending}`));

const user = { names: USER, label: 'userId', isRequired: true } as const;
const ratedMovie = {
  names: [...RATED_MOVIE, ...OTHER_MOVIE_ID],
  label: 'movieId',
  isRequired: true,
} as const;

/** `userId,movieId,rating,timestamp`, each under any usual name, in any order; the time may be missing. */
export const csvRatings: TableFormat<RawRating> = headedTable({
  file: 'ratings.csv',
  otherNames: named('ratings', 'rating', 'ratings_small'),
  words: ['ratings', 'rating'],
  content: 'userId,movieId,rating,timestamp',
  columns: {
    userId: user,
    movieId: ratedMovie,
    rating: { names: RATING, label: 'rating', isRequired: true },
    timestamp: { names: TIME, label: 'timestamp' },
  },
  plainColumns: ['userId', 'movieId', 'rating', 'timestamp'],
  toReader:
    ({ userId, movieId, rating, timestamp }) =>
    (fields) => ({
      userId: fields[userId] ?? '',
      movieId: fields[movieId] ?? '',
      rating: fields[rating] ?? '',
      timestamp: fields[timestamp] ?? '',
    }),
});

/** `userId,movieId`: movies that a user did not rate, to rank a held out one among. */
export const csvUserMovies: TableFormat<Pick<RawRating, 'userId' | 'movieId'>> = headedTable({
  file: 'negatives.csv',
  content: 'userId,movieId',
  columns: { userId: user, movieId: ratedMovie },
  toReader:
    ({ userId, movieId }) =>
    (fields) => ({
      userId: fields[userId] ?? '',
      movieId: fields[movieId] ?? '',
    }),
});

const csvMovies: TableFormat<RawMovie> = headedTable({
  file: 'movies.csv',
  otherNames: named('movies', 'movie', 'films', 'film', 'items', 'item'),
  words: ['movies', 'films'],
  content: 'movieId,title,releaseYear,genres',
  columns: {
    movieId: { names: [...MOVIE, ...OTHER_MOVIE_ID], label: 'movieId', isRequired: true },
    title: { names: TITLE, label: 'title', isRequired: true },
    genres: { names: GENRES, label: 'genres' },
    releaseYear: { names: YEAR, label: 'releaseYear' },
    imdbId: { names: IMDB, label: 'imdbId' },
    tmdbId: { names: TMDB, label: 'tmdbId' },
  },
  toReader:
    ({ movieId, title, releaseYear, genres, imdbId, tmdbId }) =>
    (fields) => ({
      movieId: fields[movieId] ?? '',
      title: fields[title] ?? '',
      releaseYear: releaseYear < 0 ? null : (fields[releaseYear] ?? ''),
      genres: fields[genres] ?? '',
      // IMDb's own tables have no other id.
      ...(imdbId >= 0
        ? { imdbId: fields[imdbId] ?? '' }
        : /^tt\d+$/i.test(fields[movieId] ?? '') && { imdbId: fields[movieId] ?? '' }),
      ...(tmdbId >= 0 && { tmdbId: fields[tmdbId] ?? '' }),
    }),
});

const csvLinks: TableFormat<RawLinks> = headedTable({
  file: 'links.csv',
  otherNames: named('links', 'link', 'links_small'),
  words: ['links'],
  content: 'movieId,imdbId,tmdbId',
  columns: {
    movieId: { names: MOVIE, label: 'movieId', isRequired: true },
    imdbId: { names: IMDB, label: 'imdbId' },
    tmdbId: { names: TMDB, label: 'tmdbId' },
  },
  toReader:
    ({ movieId, imdbId, tmdbId }) =>
    (fields) => ({
      movieId: fields[movieId] ?? '',
      imdbId: fields[imdbId] ?? '',
      tmdbId: fields[tmdbId] ?? '',
    }),
});

const csvTags: TableFormat<RawTag> = headedTable({
  file: 'tags.csv',
  otherNames: named('tags', 'tag'),
  content: 'userId,movieId,tag,timestamp',
  columns: { movieId: ratedMovie, tag: { names: TAG, label: 'tag', isRequired: true } },
  toReader:
    ({ movieId, tag }) =>
    (fields) => ({ movieId: fields[movieId] ?? '', tag: fields[tag] ?? '' }),
});

/**
 * MovieLens since ml-20m (ml-latest-small, ml-latest, ml-25m, ml-32m), Kaggle's copies of it, and plain CSV: where `movies.csv` has a column of years
 * titles are taken as they stand, else they are written as MovieLens does.
 */
export const csv: Format = {
  name: 'CSV',
  signs: [],
  movies: csvMovies,
  ratings: [csvRatings],
  links: csvLinks,
  tags: csvTags,
};
