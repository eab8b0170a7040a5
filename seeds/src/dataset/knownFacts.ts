import { isDamaged, UNKNOWN_TIME, type RatingBlock } from '@pocketrocket/formats';
import type { DatasetMovie } from './dataset.ts';
import type { ReadTags } from './readTags.ts';

const NO_ID = -1;
/** Of more movies than these, and than this share, ids that several bear are worth a word. */
const FEW_SHARING = 4;
const SHARING_SHARE = 0.02;

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
  /** Unix time of the first and the last rating; null where no time is known. */
  ratedAtRange: [first: number, last: number] | null;
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
  /** Lines before the names of columns, by file. */
  preambles: Record<string, { count: number; example: string }>;
  /** Rows that repeat a movie and were joined with it. */
  joinedMovies: number;
  /** Movies that bear the same IMDb or TMDB id as another one. */
  moviesSharingIds: number;
  /** Titles whose letters were lost before. */
  damagedTitles: { count: number; example: string } | null;
  /** Files of the data set's kind that were not read, as another one was. */
  unusedFiles: string[];
  /** Lines that are not UTF-8 and were read as Windows-1252, by file. */
  notUtf8: Record<string, { count: number; example: string }>;
  /** Of the file of tags; null where there is none. */
  tags: TagFacts | null;
  note: string | null;
}

/** Findings of a file of tags. */
export interface TagFacts {
  /** Number of times that a tag was given, and of movies that have one. */
  given: number;
  movies: number;
  /** Rows without a tag, or of a movie that there is not. */
  unused: number;
  /** Why none are used, in words; null where they are. */
  problem: string | null;
}

export function knownOfTags(read: ReadTags | null): TagFacts | null {
  if (!read) return null;
  const { tags, numUnused, problem } = read;
  return { given: tags.numGiven, movies: tags.totals().movies, unused: numUnused, problem };
}

/** Counts what is known of movies. */
export function knownOfMovies(
  movies: readonly DatasetMovie[],
): Pick<
  KnownFacts,
  | 'moviesWithYear'
  | 'moviesWithGenres'
  | 'moviesWithImdbId'
  | 'moviesWithTmdbId'
  | 'moviesSharingIds'
  | 'damagedTitles'
> {
  const damaged = movies.filter(({ title }) => isDamaged(title));
  const count = (isKnown: (movie: DatasetMovie) => boolean) => movies.filter(isKnown).length;
  return {
    moviesWithYear: count(({ releaseYear }) => releaseYear !== null),
    moviesWithGenres: count(({ genres }) => genres.length > 0),
    moviesWithImdbId: count(({ imdbId }) => imdbId !== null),
    moviesWithTmdbId: count(({ tmdbId }) => tmdbId !== null),
    moviesSharingIds: count(sharesId(movies)),
    damagedTitles: damaged[0] ? { count: damaged.length, example: damaged[0].title } : null,
  };
}

/** Tells whether a movie bears an id that another one bears too. */
function sharesId(movies: readonly DatasetMovie[]): (movie: DatasetMovie) => boolean {
  const times = { imdbId: new Map<number, number>(), tmdbId: new Map<number, number>() };
  const kinds = ['imdbId', 'tmdbId'] as const;
  for (const movie of movies) {
    for (const kind of kinds) {
      const id = movie[kind];
      if (id !== null) times[kind].set(id, (times[kind].get(id) ?? 0) + 1);
    }
  }
  return (movie) => kinds.some((kind) => (times[kind].get(movie[kind] ?? NO_ID) ?? 0) > 1);
}

/** Counts the ratings whose time is known, and remembers the first and the last time. */
export class TimeSpan {
  count = 0;
  #first = Infinity;
  #last = -Infinity;

  add({ length, ratedAtSeconds }: RatingBlock): void {
    for (let index = 0; index < length; index++) {
      const at = ratedAtSeconds[index] ?? UNKNOWN_TIME;
      if (at === UNKNOWN_TIME) continue;
      this.count++;
      if (at < this.#first) this.#first = at;
      if (at > this.#last) this.#last = at;
    }
  }

  get range(): KnownFacts['ratedAtRange'] {
    return this.count === 0 ? null : [this.#first, this.#last];
  }
}

function describeRangeOf(range: KnownFacts['ratedAtRange']): string {
  if (!range) return '';
  const [first, last] = range.map((at) => new Date(at * 1000).toISOString().slice(0, 10));
  return first === last ? `, all of ${first}` : `, from ${first} to ${last}`;
}

/** The facts for people, a line each. @param totals how many movies and ratings there are */
export function describeKnown(known: KnownFacts, totals: { movies: number; ratings: number }): string[] {
  const of = (count: number, total: number) =>
    `${count.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const unused = Object.entries(known.unusedColumns).map(
    ([file, columns]) => `Columns of ${file} that are not used: ${columns.join(', ')}.`,
  );
  const preambles = Object.entries(known.preambles).map(
    ([file, { count, example }]) =>
      `${file}: ${count === 1 ? 'the line' : `${count} lines`} before the names of columns ${count === 1 ? 'is' : 'are'} not used: ${example}.`,
  );
  const encodings = Object.entries(known.notUtf8).map(
    ([file, { count, example }]) =>
      `${file}: ${count.toLocaleString('en')} ${count === 1 ? 'line is' : 'lines are'} not UTF-8 and read as Windows-1252, such as ${example}. ` +
      'If letters are wrong, save the file as UTF-8.',
  );
  return [
    `Known: the time of ${of(known.ratingsWithTime, totals.ratings)} ratings${describeRangeOf(known.ratedAtRange)}; of ${totals.movies.toLocaleString('en')} movies ` +
      `${known.moviesWithYear.toLocaleString('en')} years, ${known.moviesWithGenres.toLocaleString('en')} with genres, ` +
      `${known.moviesWithImdbId.toLocaleString('en')} IMDb ids, ${known.moviesWithTmdbId.toLocaleString('en')} TMDB ids.`,
    `Ratings were read as ${SCALE_WORDS[known.scale] ?? known.scale}: ${known.range}.`,
    ...(known.tags ? [describeTags(known.tags)] : []),
    ...(known.ratedAgain > 0
      ? [
          `Rated again: ${known.ratedAgain.toLocaleString('en')} ratings were left out, as a later one of the same user and movie counts.`,
        ]
      : []),
    ...(known.joinedMovies > 0
      ? [
          `Joined: ${known.joinedMovies === 1 ? '1 row that repeats' : `${known.joinedMovies.toLocaleString('en')} rows that repeat`} a movie, with the genres.`,
        ]
      : []),
    ...unused,
    ...preambles,
    ...(known.unusedFiles.length > 0 ? [`Files that are not used: ${known.unusedFiles.join(', ')}.`] : []),
    ...encodings,
    ...(known.moviesSharingIds > Math.max(FEW_SHARING, SHARING_SHARE * totals.movies)
      ? [
          `${known.moviesSharingIds.toLocaleString('en')} movies bear the same IMDb or TMDB id as another one: own ratings by these ids go to one of them.`,
        ]
      : []),
    ...(known.damagedTitles
      ? [
          `Letters of ${known.damagedTitles.count.toLocaleString('en')} ${known.damagedTitles.count === 1 ? 'title' : 'titles'} were lost before they came here, such as ${known.damagedTitles.example}: take an earlier file, in UTF-8.`,
        ]
      : []),
    ...(known.note === null ? [] : [`Note: ${known.note}`]),
  ];
}

function describeTags({ given, movies, unused, problem }: TagFacts): string {
  if (problem !== null) return `Tags are not used: ${problem}.`;
  const left = unused > 0 ? `; ${unused.toLocaleString('en')} rows could not be used` : '';
  return `Tags: ${given.toLocaleString('en')} of ${movies.toLocaleString('en')} movies${left}.`;
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
