import type { Audience } from './rowQueries.ts';
import { moviesQuery, popularQuery, recommendedQuery, similarQuery, watchlistQuery } from './rowQueries.ts';
import type { FilmQuery } from './filmQuery.ts';

/** A film that the audience likes, newest first in lists of them. */
export interface LikedFilm {
  movieId: number;
  title: string;
  releaseYear?: number | null;
  genres: readonly { name: string }[];
}

/** A row of home as plain facts; its heading is made of them in the visitor's language. */
export type HomeRow = {
  /** Unique on the page. */
  key: string;
  source: FilmQuery;
} & (
  | { kind: 'because'; title: string }
  | { kind: 'watchlist' | 'popularNow' | 'hiddenGems' | 'topRated' }
  | { kind: 'decade'; decade: number; isOwn: boolean }
  | { kind: 'genre'; genre: string; isOwn: boolean }
);

interface Facts {
  audience: Audience;
  /** Newest first. */
  liked: readonly LikedFilm[];
  /** All of the data set, by name. */
  genres: readonly { name: string; movieCount: number }[];
  /** Of the data set; null where nothing is known of it. */
  dataset: { movieCount: number; ratingCount: number } | null;
  hasWatchlist: boolean;
}

/** With the personal row, seven in all. */
const MOST_ROWS = 6;
/** A film of few ratings has at most so many times as many as films have in the mean, and at least so many in all. */
const GEM_SHARE = 2;
const GEM_LEAST = 5;
const GEM_AVERAGE = 3.5;
const FIRST_DECADE = 1980;

/** The rows below the personal one: what the audience is known to like first, what is for everybody after that. */
export function chooseRows(facts: Facts): HomeRow[] {
  const { liked } = facts;
  const [first, second] = becauseOf(liked);
  const rows = [
    ...(first ? [becauseRow(facts, first)] : [topRatedRow()]),
    ...(facts.hasWatchlist ? [watchlistRow()] : second ? [becauseRow(facts, second)] : []),
    popularRow(facts),
    ...gemsRows(facts),
    decadeRow(facts),
    ...genreNames(facts).map((genre) => genreRow(facts, genre)),
  ];
  return rows.slice(0, MOST_ROWS);
}

/** The two liked films that rows are made of: the newest, and the newest that shares no genre with it, else the next one. */
export function becauseOf(liked: readonly LikedFilm[]): LikedFilm[] {
  const [first, ...others] = liked;
  if (!first) return [];
  const names = new Set(first.genres.map(({ name }) => name));
  const second = others.find(({ genres }) => !genres.some(({ name }) => names.has(name))) ?? others[0];
  return second ? [first, second] : [first];
}

const isKnown = ({ liked }: Facts): boolean => liked.length > 0;

const becauseRow = ({ audience }: Facts, { movieId, title }: LikedFilm): HomeRow => ({
  ...{ kind: 'because', key: `because-${movieId}`, title },
  source: similarQuery(audience, movieId),
});

const watchlistRow = (): HomeRow => ({ kind: 'watchlist', key: 'watchlist', source: watchlistQuery() });

const topRatedRow = (): HomeRow => ({
  ...{ kind: 'topRated', key: 'best' },
  source: moviesQuery(null, 'WEIGHTED_RATING_DESC'),
});

const popularRow = ({ audience }: Facts): HomeRow => ({
  ...{ kind: 'popularNow', key: 'popular' },
  source: popularQuery(audience),
});

/** Films that few have rated, and those few well. */
function gemsRows(facts: Facts): HomeRow[] {
  const { dataset, audience } = facts;
  if (!dataset || dataset.movieCount === 0) return [];
  const mean = dataset.ratingCount / dataset.movieCount;
  const filter = {
    minRatingCount: GEM_LEAST,
    maxRatingCount: Math.max(4 * GEM_LEAST, Math.round(GEM_SHARE * mean)),
    minAverageRating: GEM_AVERAGE,
  };
  const source = isKnown(facts)
    ? recommendedQuery(audience, filter)
    : moviesQuery(filter, 'WEIGHTED_RATING_DESC');
  return [{ kind: 'hiddenGems', key: 'gems', source }];
}

function decadeRow(facts: Facts): HomeRow {
  const decade = favouriteDecade(facts.liked);
  const filter = { yearFrom: decade, yearTo: decade + 9 };
  const isOwn = isKnown(facts);
  const source = isOwn
    ? recommendedQuery(facts.audience, filter)
    : moviesQuery(filter, 'WEIGHTED_RATING_DESC');
  return { kind: 'decade', key: 'decade', decade, isOwn, source };
}

function genreRow(facts: Facts, genre: string): HomeRow {
  const filter = { genres: [genre] };
  const isOwn = isKnown(facts);
  const source = isOwn
    ? recommendedQuery(facts.audience, filter)
    : moviesQuery(filter, 'WEIGHTED_RATING_DESC');
  return { kind: 'genre', key: `genre-${genre}`, genre, isOwn, source };
}

/** The decade of most liked films; of several, the earlier one. */
export function favouriteDecade(liked: readonly LikedFilm[]): number {
  const counts = new Map<number, number>();
  for (const { releaseYear } of liked) {
    if (!releaseYear) continue;
    const decade = releaseYear - (releaseYear % 10);
    counts.set(decade, (counts.get(decade) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([one, ones], [other, others]) => others - ones || one - other);
  return best?.[0] ?? FIRST_DECADE;
}

/** Genres by the number of liked films, then of all films. */
function genreNames({ liked, genres }: Facts): string[] {
  const names = liked.flatMap((film) => film.genres.map(({ name }) => name));
  const likes = (genre: string) => names.filter((name) => name === genre).length;
  return [...genres]
    .sort((one, other) => likes(other.name) - likes(one.name) || other.movieCount - one.movieCount)
    .map(({ name }) => name);
}
