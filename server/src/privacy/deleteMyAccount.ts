import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { requirePassword } from '../accounts/passwordChange.ts';
import type { Caller, SignInDeps } from '../accounts/signIn.ts';
import type { Erasures } from './erasures.ts';
import { eraseUser } from './eraseUser.ts';

export interface DeletingDeps extends SignInDeps {
  catalogue: CatalogueSource;
  erasures: Erasures;
}

/**
 * Erases the viewer: every row of every table, counters, and what servers have cached. The next model is trained without the ratings.
 * @throws AppError BAD_USER_INPUT when the password is wrong; RATE_LIMITED; UNAUTHENTICATED
 */
export async function deleteMyAccount(
  deps: DeletingDeps,
  caller: Caller,
  userId: number,
  password: string,
): Promise<void> {
  const { database, auth, catalogue, erasures } = deps;
  const { accountId } = await requirePassword(deps, caller, userId, password);
  const tallies = await eraseUser(database, userId, caller.deadline);
  for (const [movieId, tally] of tallies) catalogue.current().recount(movieId, tally);
  erasures.announce(userId);
  caller.scope.clear();
  await auth.attempts.forget({ subject: accountId, address: caller.address, isKnown: true });
}
