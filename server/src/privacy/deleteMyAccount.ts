import { requirePassword } from '../accounts/passwordChange.ts';
import type { Caller, SignInDeps } from '../accounts/signIn.ts';
import { eraseEverywhere, type ErasingDeps } from './eraseUser.ts';

export interface DeletingDeps extends SignInDeps, Omit<ErasingDeps, 'database'> {}

/**
 * Erases the viewer: every row of every table, counters, and what servers have cached. The next model is trained without the ratings.
 * @throws AppError BAD_USER_INPUT when the password is wrong, and for an administrator's; RATE_LIMITED; UNAUTHENTICATED
 */
export async function deleteMyAccount(
  deps: DeletingDeps,
  caller: Caller,
  userId: number,
  password: string,
): Promise<void> {
  const { accountId } = await requirePassword(deps, caller, userId, password);
  await eraseEverywhere(deps, userId, caller.deadline);
  caller.scope.clear();
  await deps.auth.attempts.forget({ subject: accountId, address: caller.address, isKnown: true });
}
