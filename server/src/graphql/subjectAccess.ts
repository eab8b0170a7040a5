import { requireScope } from '../apps/appAccess.ts';
import type { SubjectAccess } from '../lists/listSubjects.ts';
import { findAppUser, findUserByNumber } from '../users/findUser.ts';
import { mayReadShared } from './accessRules.ts';
import type { ApiContext } from './context.ts';

/** Finds the users of whom whoever asks may read a field: lists by the rule of `User.recommendations`. */
export function subjectAccess(
  context: ApiContext,
  fieldName: 'ratings' | 'recommendations' = 'recommendations',
): SubjectAccess {
  return {
    async userOf({ userId, userExternalId }) {
      const { scope, app } = context;
      const user =
        typeof userId === 'number'
          ? await findUserByNumber(scope, userId, app)
          : await findAppUser(scope, requireScope(await app(), 'recommend'), userExternalId ?? '');
      return user && (await mayReadShared(user, context, fieldName)) ? user : null;
    },
  };
}
