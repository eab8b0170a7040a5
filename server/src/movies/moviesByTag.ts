import type { CountedConnection, Movie } from '@pocketrocket/schema';
import { MAX_TAG_LENGTH } from '@pocketrocket/schema/database';
import { checkText } from '../arguments/checks.ts';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { TAG_ORDERS, type MovieRepository, type TagOrder } from './movieRepository.ts';

/**
 * A page of the movies with a tag, those given it most often first.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function moviesByTag(
  movies: MovieRepository,
  scope: RequestScope,
  { tag: given, ...page }: { tag: string } & Omit<PageArguments<TagOrder>, 'orderBy'>,
): Promise<CountedConnection<Movie>> {
  const tag = checkText(given.trim().toLowerCase(), 'tag', MAX_TAG_LENGTH);
  const request = toSliceRequest({ ...page, orderBy: 'TAG_COUNT_DESC' }, TAG_ORDERS);
  const [{ entries, hasMore }, count] = await Promise.all([
    movies.sliceOfTag(tag, request),
    movies.countOfTag(tag),
  ]);
  const found = await withMovies(scope, entries, ({ node }) => node);
  const slice = { hasMore, entries: found.map(({ of, movie }) => ({ node: movie, position: of.position })) };
  return toCountedConnection(slice, request, count);
}
