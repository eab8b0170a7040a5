import { refuse } from '../arguments/checks.ts';
import type { SubjectAccess } from '../lists/listSubjects.ts';
import { mayReadRatings } from './accessRules.ts';
import type { ApiContext } from './context.ts';

/** Finds the users whose lists whoever asks may have: by the rule of `User.recommendations`. */
export function subjectAccess(context: ApiContext): SubjectAccess {
  return {
    async userOf({ userId }) {
      if (typeof userId !== 'number') refuse('userExternalId needs the API key of an app');
      const user = await context.scope.users.load(userId);
      return user && (await mayReadRatings(user, context)) ? user : null;
    },
  };
}
