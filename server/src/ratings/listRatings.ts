import {
  Rating,
  type CountedConnection,
  type RatingFilter,
  type RatingOrder,
  type User,
} from '@pocketrocket/schema';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { sliceInMemory, type Slice } from '../database/keyset.ts';
import type { RatingRecord, RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { checkRatingFilter } from './ratingFilter.ts';
import { RATING_ORDERS, toRecord } from './ratingRepository.ts';

/** A page of a user's ratings, and which of them. */
interface RatingPage extends PageArguments<RatingOrder> {
  filter?: RatingFilter | null | undefined;
}

/** A page of a user's ratings. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listRatingsOfUser(
  catalogue: Catalogue,
  scope: RequestScope,
  user: User,
  { filter, ...page }: RatingPage,
): Promise<CountedConnection<Rating>> {
  const request = toSliceRequest(page, RATING_ORDERS);
  const passes = filter ? checkRatingFilter(filter, catalogue) : null;
  if (!passes) {
    const slice = await scope.ratingsOfUser(request).load(user.userId);
    return toCountedConnection(await withFilms(scope, user, slice), request, user.ratingCount);
  }
  // In memory: the catalogue knows titles and genres, and a history is what a list is made of anyway.
  const passing = (await scope.historyOfUser.load(user.userId)).filter(passes);
  const rows = passing.map(({ movieId, rating, ratedAtSeconds }) => ({
    userId: user.userId,
    movieId,
    halfStars: rating * 2,
    ratedAtSeconds: ratedAtSeconds ?? null,
  }));
  const slice = sliceInMemory(rows, RATING_ORDERS[request.order], request, toRecord);
  return toCountedConnection(await withFilms(scope, user, slice), request, passing.length);
}

async function withFilms(
  scope: RequestScope,
  user: User,
  { entries, hasMore }: Slice<RatingRecord>,
): Promise<Slice<Rating>> {
  const rated = await withMovies(scope, entries, ({ node }) => node.movieId);
  return {
    hasMore,
    entries: rated.map(({ of: { node, position }, movie }) => ({
      position,
      node: Object.assign(new Rating(), { user, movie, rating: node.rating, ratedAt: node.ratedAt }),
    })),
  };
}
