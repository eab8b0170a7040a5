import type { CountedConnection, Movie, User } from '@pocketrocket/schema';
import type { MovieMark } from '@pocketrocket/schema/database';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import { withMovies } from '../loaders/withMovies.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { MARK_ORDERS, type MarkOrder, type MovieMarkRepository } from './movieMarkRepository.ts';

/** A page of the movies that a user has marked, latest first. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listMarked(
  marks: MovieMarkRepository,
  scope: RequestScope,
  {
    mark,
    user: { userId },
    ...page
  }: { mark: MovieMark; user: User } & Omit<PageArguments<MarkOrder>, 'orderBy'>,
): Promise<CountedConnection<Movie>> {
  const request = toSliceRequest({ ...page, orderBy: 'MARKED_AT_DESC' }, MARK_ORDERS);
  const [{ entries, hasMore }, count] = await Promise.all([
    marks.slice(mark, userId, request),
    marks.count(mark, userId),
  ]);
  const found = await withMovies(scope, entries, ({ node }) => node);
  const slice = { hasMore, entries: found.map(({ of, movie }) => ({ node: movie, position: of.position })) };
  return toCountedConnection(slice, request, count);
}
