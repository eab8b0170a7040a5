import { UNKNOWN_TIME, type RatingBlock } from '@pocketrocket/formats';
import type { DatasetMovie } from './dataset.ts';

/** Findings of the reading of a file of ratings. */
export interface RatingFacts {
  /** The values of the column, as "from 1 to 5, whole numbers". */
  range: string;
  /** A doubt that does not stop the import; null where there is none. */
  note: string | null;
}

/** Counts of what an import knows of its movies and ratings, as its report says them. */
export interface KnownFacts {
  ratingsWithTime: number;
  moviesWithYear: number;
  moviesWithGenres: number;
  moviesWithImdbId: number;
  moviesWithTmdbId: number;
  /** Ratings of whose user and movie a later one counts. */
  ratedAgain: number;
  /** The scale that ratings were read on, and what values there were. */
  scale: string;
  range: string;
  /** Columns that are not read, by file. */
  unusedColumns: Record<string, string[]>;
  /** Lines that are not UTF-8 and were read as Windows-1252, by file. */
  notUtf8: Record<string, { count: number; example: string }>;
  note: string | null;
}

/** Counts what is known of movies. */
export function knownOfMovies(
  movies: readonly DatasetMovie[],
): Pick<KnownFacts, 'moviesWithYear' | 'moviesWithGenres' | 'moviesWithImdbId' | 'moviesWithTmdbId'> {
  const count = (isKnown: (movie: DatasetMovie) => boolean) => movies.filter(isKnown).length;
  return {
    moviesWithYear: count(({ releaseYear }) => releaseYear !== null),
    moviesWithGenres: count(({ genres }) => genres.length > 0),
    moviesWithImdbId: count(({ imdbId }) => imdbId !== null),
    moviesWithTmdbId: count(({ tmdbId }) => tmdbId !== null),
  };
}

/** The number of a block's ratings whose time is known. */
export function countTimes({ length, ratedAtSeconds }: RatingBlock): number {
  let count = 0;
  for (let index = 0; index < length; index++) if (ratedAtSeconds[index] !== UNKNOWN_TIME) count++;
  return count;
}

/** The facts for people, a line each. @param totals how many movies and ratings there are */
export function describeKnown(known: KnownFacts, totals: { movies: number; ratings: number }): string[] {
  const of = (count: number, total: number) =>
    `${count.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const unused = Object.entries(known.unusedColumns).map(
    ([file, columns]) => `Columns of ${file} that are not used: ${columns.join(', ')}.`,
  );
  const encodings = Object.entries(known.notUtf8).map(
    ([file, { count, example }]) =>
      `${file}: ${count.toLocaleString('en')} ${count === 1 ? 'line is' : 'lines are'} not UTF-8 and read as Windows-1252, such as ${example}. ` +
      'If letters are wrong, save the file as UTF-8.',
  );
  return [
    `Known: the time of ${of(known.ratingsWithTime, totals.ratings)} ratings; of ${totals.movies.toLocaleString('en')} movies ` +
      `${known.moviesWithYear.toLocaleString('en')} years, ${known.moviesWithGenres.toLocaleString('en')} with genres, ` +
      `${known.moviesWithImdbId.toLocaleString('en')} IMDb ids, ${known.moviesWithTmdbId.toLocaleString('en')} TMDB ids.`,
    `Ratings were read as ${SCALE_WORDS[known.scale] ?? known.scale}: ${known.range}.`,
    ...(known.ratedAgain > 0
      ? [
          `Rated again: ${known.ratedAgain.toLocaleString('en')} ratings were left out, as a later one of the same user and movie counts.`,
        ]
      : []),
    ...unused,
    ...encodings,
    ...(known.note === null ? [] : [`Note: ${known.note}`]),
  ];
}

const SCALE_WORDS: Readonly<Record<string, string>> = {
  stars: 'stars',
  '10': 'out of 10',
  '100': 'out of 100',
  likes: 'likes',
  counts: 'numbers of plays, by the fifths of each user',
};

/** For people: where the first ratings stand that do not count, as a later one does; empty where there are none. @param count of all */
export function describeRatedAgain(places: readonly string[], count: number): string[] {
  if (count === 0) return [];
  const more = count > places.length ? [`  … and ${count - places.length} more`] : [];
  return [`rated again ${count}: a later rating counts`, ...places.map((place) => `  ${place}`), ...more];
}
