import { parse } from 'csv-parse/browser/esm/sync';
import type { RawLinks, RawMovie, RawRating } from '../rows/rows.ts';
import type { Format, TableFormat } from './format.ts';

/**
 * Fields of one line of CSV. Lines without quotes and blanks, as good as all ratings, are split directly, which is many
 * times faster; a field cannot hold a line break.
 */
function splitCsv(line: string): string[] | null {
  if (!line.includes('"')) {
    const fields = line.split(',');
    return line.includes(' ') ? fields.map((field) => field.trim()) : fields;
  }
  try {
    return parse(line, { relax_column_count: true, trim: true })[0] ?? null;
  } catch {
    // Quotes that do not match: reported as a line that does not split into its columns.
    return null;
  }
}

/** Columns in any order, found by the names in the header; further columns are ignored. */
function csvTable<T>(
  file: string,
  required: readonly string[],
  toReader: (indexOf: (column: string) => number) => (fields: readonly string[]) => T,
): TableFormat<T> {
  return {
    file,
    encoding: 'utf-8',
    hasHeader: true,
    split: splitCsv,
    reader: (header) => {
      const names = header.map((name) => name.toLowerCase());
      const indexOf = (column: string) => names.indexOf(column.toLowerCase());
      const missing = required.filter((column) => indexOf(column) < 0);
      if (missing.length > 0) {
        throw new Error(`the first line must name the columns, and lacks ${missing.join(', ')}`);
      }
      const toRow = toReader(indexOf);
      return (fields) => (fields.length === header.length ? toRow(fields) : null);
    },
  };
}

const RATING_COLUMNS = ['userid', 'movieid', 'rating', 'timestamp'].join();

const anyCsvRatings = csvTable<RawRating>('ratings.csv', ['userId', 'movieId', 'rating'], (indexOf) => {
  const user = indexOf('userId');
  const movie = indexOf('movieId');
  const rating = indexOf('rating');
  const time = indexOf('timestamp');
  return (fields) => ({
    userId: fields[user] ?? '',
    movieId: fields[movie] ?? '',
    rating: fields[rating] ?? '',
    timestamp: fields[time] ?? '',
  });
});

/** `userId,movieId,rating,timestamp`; the time may be missing. */
export const csvRatings: TableFormat<RawRating> = {
  ...anyCsvRatings,
  isPlain: (header) => header.join().toLowerCase() === RATING_COLUMNS,
};

/** `userId,movieId`: movies that a user did not rate, to rank a held out one among. */
export const csvUserMovies = csvTable<Pick<RawRating, 'userId' | 'movieId'>>(
  'negatives.csv',
  ['userId', 'movieId'],
  (indexOf) => {
    const user = indexOf('userId');
    const movie = indexOf('movieId');
    return (fields) => ({ userId: fields[user] ?? '', movieId: fields[movie] ?? '' });
  },
);

const csvMovies = csvTable<RawMovie>('movies.csv', ['movieId', 'title', 'genres'], (indexOf) => {
  const movie = indexOf('movieId');
  const title = indexOf('title');
  const year = indexOf('releaseYear');
  const genres = indexOf('genres');
  return (fields) => ({
    movieId: fields[movie] ?? '',
    title: fields[title] ?? '',
    releaseYear: year < 0 ? null : (fields[year] ?? ''),
    genres: (fields[genres] ?? '').split('|'),
  });
});

const csvLinks = csvTable<RawLinks>('links.csv', ['movieId'], (indexOf) => {
  const movie = indexOf('movieId');
  const imdb = indexOf('imdbId');
  const tmdb = indexOf('tmdbId');
  return (fields) => ({
    movieId: fields[movie] ?? '',
    imdbId: fields[imdb] ?? '',
    tmdbId: fields[tmdb] ?? '',
  });
});

/**
 * MovieLens since ml-20m (ml-latest-small, ml-latest, ml-25m, ml-32m), and plain CSV: where `movies.csv` has a column
 * `releaseYear` titles are taken as they stand, else they are written as MovieLens does.
 */
export const csv: Format = {
  name: 'CSV',
  signs: [],
  movies: csvMovies,
  ratings: [csvRatings],
  links: csvLinks,
};
