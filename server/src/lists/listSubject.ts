import type { LoadedModel } from '@pocketrocket/model';
import type { RatingInput } from '@pocketrocket/schema';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isOfDataset } from '../database/externalIds.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { checkTaste } from './givenTaste.ts';
import { profileHistory, type ProfileCache, type ProfiledHistory, type UserHistory } from './profileCache.ts';

/** Whom a list is for: a user, or somebody of whom a taste is all that is known. */
export interface ListSubject {
  /** Names the subject, equal for equal ones; part of what a page must ask again. */
  readonly key: unknown;
  /** Null for a taste. */
  readonly userId: number | null;
  /** Another text after every change of what the list is made of. */
  readonly ratingsState: string;
  /** Rated movies that do not exist. */
  readonly skippedMovieIds: readonly number[];
  /** True where something was rated, and nothing of it exists. */
  readonly isAllSkipped: boolean;
  /** Step 1. */
  history(model: LoadedModel | null): ProfiledHistory | Promise<ProfiledHistory>;
}

/** The loaders of what is stored of users. */
export type HistoryScope = Pick<RequestScope, 'historyOfUser' | 'dismissedByUser'>;

/** Reads what is stored of a user. Users of the data set dismiss nothing. */
export async function historyOf(scope: HistoryScope, userId: number): Promise<UserHistory> {
  const [rated, dismissed] = await Promise.all([
    scope.historyOfUser.load(userId),
    isOfDataset(userId) ? [] : scope.dismissedByUser.load(userId),
  ]);
  return { rated, dismissed };
}

/** A user as the subject of lists. */
export function userSubject(
  { profiles }: { profiles: ProfileCache },
  scope: HistoryScope,
  { userId, ratingsState }: Pick<StoredUser, 'userId' | 'ratingsState'>,
): ListSubject {
  return {
    key: userId,
    userId,
    ratingsState,
    skippedMovieIds: [],
    isAllSkipped: false,
    history: (model) => profiles.of(model, userId, ratingsState, () => historyOf(scope, userId)),
  };
}

/**
 * A taste given with the request, oldest rating first, as the subject of lists.
 * @throws AppError BAD_USER_INPUT, see `checkTaste`
 */
export function tasteSubject(ratings: readonly RatingInput[], catalogue: Catalogue): ListSubject {
  const { rated, skippedMovieIds } = checkTaste(ratings, catalogue);
  return {
    key: ratings.map(({ movieId, rating }) => [movieId, rating]),
    userId: null,
    ratingsState: '',
    skippedMovieIds,
    isAllSkipped: rated.length === 0 && skippedMovieIds.length > 0,
    history: (model) => profileHistory(model, { rated, dismissed: [] }, null),
  };
}
