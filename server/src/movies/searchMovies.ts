import { MovieSearchOrder, type CountedConnection, type Movie, type MovieFilter } from '@pocketrocket/schema';
import { toSortTitle, weightedRating } from '@pocketrocket/schema/database';
import { z } from 'zod';
import { checkFirst, checkSkip, refuse } from '../arguments/checks.ts';
import { toConnection, type PageArguments } from '../arguments/connections.ts';
import { decodeCursor, encodeCursor } from '../arguments/cursors.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { isUnfiltered, movieMatcher } from '../catalogue/filterConditions.ts';
import { resolveFilter } from '../catalogue/movieFilter.ts';
import type { MovieTable } from '../catalogue/movieTable.ts';
import { MAX_QUERY_LENGTH, wordsOfQuery } from '../catalogue/searchTerms.ts';
import { withMovies } from '../loaders/withMovies.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** The longest title of a film has about as many. */
const MAX_WORDS = 25;

interface SearchDeps {
  catalogue: CatalogueSource;
}

/** The movies whose titles a query means, best first. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function searchMovies(
  deps: SearchDeps,
  scope: RequestScope,
  { query, first }: { query: string; first: number },
): Promise<Movie[]> {
  checkFirst(first);
  checkQuery(query);
  const movieIds = deps.catalogue.current().search.find(query, first);
  const found = await withMovies(scope, movieIds, (movieId) => movieId);
  return found.map(({ movie }) => movie);
}

type FoundArguments = PageArguments<MovieSearchOrder> & {
  query: string;
  filter?: MovieFilter | null;
};

/** A page of all movies that a query means. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listFoundMovies(
  deps: SearchDeps,
  scope: RequestScope,
  { query, filter, orderBy, first, after, skip = 0 }: FoundArguments,
): Promise<CountedConnection<Movie>> {
  checkFirst(first);
  checkSkip(skip);
  checkQuery(query);
  const catalogue = deps.catalogue.current();
  const { search, movies } = catalogue;
  const resolved = resolveFilter(filter, catalogue);
  const all = search.rank(query);
  const found = isUnfiltered(resolved) ? all : all.filter(movieMatcher(resolved, movies));
  sort(found, orderBy, catalogue);
  const begin = skip + (after ? placeAfter(after, orderBy) : 0);
  const page = found.slice(begin, begin + first).map((place, at) => ({ place, at: begin + at }));
  const answered = await withMovies(scope, page, ({ place }) => movies.movieId(place));
  const edges = answered.map(({ of, movie }) => ({
    cursor: encodeCursor([orderBy, of.at, movies.movieId(of.place)]),
    node: movie,
  }));
  return {
    ...toConnection(edges, begin + first < found.length, begin > 0),
    totalCount: found.length,
  };
}

function checkQuery(query: string): void {
  if (query.length > MAX_QUERY_LENGTH)
    refuse(`query may have ${MAX_QUERY_LENGTH} characters; it has ${query.length}`);
  const words = wordsOfQuery(query).length;
  if (words > MAX_WORDS) refuse(`query may have ${MAX_WORDS} words; it has ${words}`);
}

const place = z.number().int().nonnegative();

function placeAfter(cursor: string, orderBy: MovieSearchOrder): number {
  const [, at] = decodeCursor(cursor, z.tuple([z.literal<string>(orderBy), place, place]));
  return at + 1;
}

/** Sorts places that come best match first; ties stay so. */
function sort(places: number[], orderBy: MovieSearchOrder, { movies, dataset }: Catalogue): void {
  if (orderBy === MovieSearchOrder.RELEVANCE) return;
  if (orderBy === MovieSearchOrder.TITLE_ASC) {
    const titles = new Map(places.map((one) => [one, toSortTitle(movies.title(one))]));
    const titleOf = (one: number) => titles.get(one) ?? '';
    places.sort((a, b) => Number(titleOf(a) > titleOf(b)) - Number(titleOf(a) < titleOf(b)));
    return;
  }
  const keyOf = keysOf(orderBy, movies, dataset?.meanRating ?? 0);
  places.sort((a, b) => keyOf(b) - keyOf(a));
}

function keysOf(
  orderBy: MovieSearchOrder,
  movies: MovieTable,
  meanRating: number,
): (place: number) => number {
  if (orderBy === MovieSearchOrder.RATING_COUNT_DESC) return (one) => movies.ratingCount(one);
  if (orderBy === MovieSearchOrder.RELEASE_YEAR_DESC) return (one) => movies.releaseYear(one) ?? 0;
  return (one) => weightedRating(movies.ratingCount(one), movies.halfStarSum(one), meanRating);
}
