import { isDislike, similarItems } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';

/** Movies around each rated one that are left out where all ratings are dislikes. */
const NEIGHBOURS = 30;
/** The latest ratings whose neighbours are left out. */
const MOST_RATED = 100;

/** True where a history holds dislikes alone: there is nothing to recommend by. */
export function likesNothing({ user }: Profile): boolean {
  return user.history.every(({ rating }) => isDislike(rating));
}

/** The movieIds most like those of a history's latest ratings. */
export function neighboursOf({ recommender, items }: LoadedModel, { user }: Profile): Set<number> {
  const found = new Set<number>();
  for (const item of user.items.slice(-MOST_RATED))
    for (const like of similarItems(recommender, item, NEIGHBOURS).items) found.add(items.externalId(like));
  return found;
}
