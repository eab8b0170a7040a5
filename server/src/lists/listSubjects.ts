import type { RatingInput } from '@pocketrocket/schema';
import { checkOnlyOne, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { StoredUser } from '../loaders/requestScope.ts';
import { tasteSubject, userSubject, type HistoryScope, type ListSubject } from './listSubject.ts';
import type { ProfileCache } from './profileCache.ts';

/** Somebody to recommend to, as a request names one: exactly one of them is given. */
export interface AskedSubject {
  userId?: number | null | undefined;
  userExternalId?: string | null | undefined;
  ratings?: readonly RatingInput[] | null | undefined;
}

/** Finds users and says whether whoever asks may read what follows from their ratings. */
export interface SubjectAccess {
  /** Null where there is no such user, or none that whoever asks may know of. */
  userOf(key: Pick<AskedSubject, 'userId' | 'userExternalId'>): Promise<StoredUser | null>;
}

/**
 * The subjects in the order asked; null for users whom there is none of, or whose ratings are private.
 * @param name of the argument, for messages
 * @throws AppError BAD_USER_INPUT naming the entry that is wrong
 */
export async function subjectsOf(
  deps: { profiles: ProfileCache; catalogue: Catalogue },
  scope: HistoryScope,
  { asked, name, access }: { asked: readonly AskedSubject[]; name: string; access: SubjectAccess },
): Promise<(ListSubject | null)[]> {
  // All that is wrong with what was sent, before anything is read.
  const tastes = asked.map(({ userId, userExternalId, ratings }, at) =>
    inEntry(`${name}[${at}]`, () => {
      checkOnlyOne({ userId, userExternalId, ratings });
      return ratings ? tasteSubject(ratings, deps.catalogue) : null;
    }),
  );
  return Promise.all(
    asked.map(async (key, at) => {
      const taste = tastes[at];
      if (taste) return taste;
      const user = await access.userOf(key);
      return user && userSubject(deps, scope, user);
    }),
  );
}

/** The same; what is refused says in which entry. */
function inEntry<T>(entry: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'BAD_USER_INPUT')
      refuse(`${entry}: ${error.message}`);
    throw error;
  }
}
