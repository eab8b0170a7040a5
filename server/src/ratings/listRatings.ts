import { Rating, type CountedConnection, type RatingOrder, type User } from '@pocketrocket/schema';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { RATING_ORDERS } from './ratingRepository.ts';
import { withMovies } from '../loaders/withMovies.ts';

/** A page of a user's ratings. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listRatingsOfUser(
  scope: RequestScope,
  user: User,
  page: PageArguments<RatingOrder>,
): Promise<CountedConnection<Rating>> {
  const request = toSliceRequest(page, RATING_ORDERS);
  const { entries, hasMore } = await scope.ratingsOfUser(request).load(user.userId);
  const rated = await withMovies(scope, entries, ({ node }) => node.movieId);
  const slice = {
    hasMore,
    entries: rated.map(({ of: { node, position }, movie }) => ({
      position,
      node: Object.assign(new Rating(), { user, movie, rating: node.rating, ratedAt: node.ratedAt }),
    })),
  };
  return toCountedConnection(slice, request, user.ratingCount);
}
