import type { RatedMovie } from '@pocketrocket/model';
import { RatingOrder } from '@pocketrocket/schema';
import type { Position, Slice, SliceRequest } from '../database/keyset.ts';
import type { RatingRecord } from '../loaders/requestScope.ts';

type Keyed = { rated: RatedMovie; key: number | null };

const KEYS: Record<RatingOrder, (rated: RatedMovie) => number | null> = {
  [RatingOrder.RATED_AT_DESC]: ({ ratedAtSeconds }) => ratedAtSeconds ?? null,
  [RatingOrder.RATING_DESC]: ({ rating }) => rating * 2,
  [RatingOrder.RATING_ASC]: ({ rating }) => rating * 2,
};

/** The slice of ratings in memory that `RatingRepository` would read of the same ratings: same order, same positions. */
export function sliceOfRatings(
  userId: number,
  ratings: readonly RatedMovie[],
  { order, limit, after }: SliceRequest<RatingOrder>,
): Slice<RatingRecord> {
  const sign = order === RatingOrder.RATING_ASC ? 1 : -1;
  const keyed = ratings.map((rated): Keyed => ({ rated, key: KEYS[order](rated) }));
  keyed.sort((a, b) => compare(positionOf(a), positionOf(b), sign));
  const start = after ? keyed.findIndex((one) => compare(positionOf(one), after, sign) > 0) : 0;
  const rest = start < 0 ? [] : keyed.slice(start, start + limit + 1);
  return {
    hasMore: rest.length > limit,
    entries: rest.slice(0, limit).map((one) => ({
      node: toRecord(userId, one.rated),
      position: positionOf(one),
    })),
  };
}

function positionOf({ rated, key }: Keyed): Position {
  return { key, id: rated.movieId };
}

/** Orders by key: those without one come last; of equal keys the lower id comes first. */
function compare(a: Position, b: Position, sign: 1 | -1): number {
  if (a.key === b.key) return a.id - b.id;
  if (a.key === null) return 1;
  if (b.key === null) return -1;
  return sign * (Number(a.key) - Number(b.key));
}

function toRecord(userId: number, { movieId, rating, ratedAtSeconds }: RatedMovie): RatingRecord {
  const at = ratedAtSeconds ?? null;
  return { userId, movieId, rating, ratedAt: at === null ? null : new Date(at * 1000) };
}
