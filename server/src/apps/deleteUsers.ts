import { AppUserEntity, lockApp, type Database } from '@pocketrocket/schema/database';
import { In } from 'typeorm';
import { checkEntries } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { Erasures } from '../privacy/erasures.ts';
import { eraseUser, eraseUsersWithoutRatings } from '../privacy/eraseUser.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { AppOfUsers } from './appUsers.ts';

export interface DeletingDeps {
  database: Database;
  catalogue: Pick<CatalogueSource, 'recount'>;
  erasures: Pick<Erasures, 'announce'>;
}

/** Users that are deleted in one transaction. */
const BATCH = 500;

/**
 * Erases users of an app: every row of every table, and what servers have cached.
 * @throws AppError BAD_USER_INPUT for more than 500 ids; UPSTREAM_UNAVAILABLE
 */
export async function deleteUsers(
  deps: DeletingDeps,
  app: AppOfUsers,
  externalIds: readonly string[],
  deadline: Deadline,
): Promise<{ deletedCount: number; unknownExternalIds: string[] }> {
  checkEntries(externalIds, 'externalIds');
  const asked = [...new Set(externalIds)];
  const deleted = new Set(await deleteSomeUsers(deps, app, asked, deadline));
  return {
    deletedCount: deleted.size,
    unknownExternalIds: asked.filter((externalId) => !deleted.has(externalId)),
  };
}

/** Erases the users of these ids, or 500 of all. @returns the external ids of those who are gone */
export async function deleteSomeUsers(
  deps: DeletingDeps,
  app: AppOfUsers,
  which: readonly string[] | 'all',
  deadline: Deadline,
): Promise<string[]> {
  if (which.length === 0) return [];
  const { database, erasures } = deps;
  const { appId, sharesUsers } = app;
  const users = await writeInTransaction(database, deadline, async (manager) => {
    await lockApp(manager, appId);
    const found = await manager.find(AppUserEntity, {
      where: { appId, ...(which !== 'all' && { externalId: In([...which]) }) },
      order: { userId: 'ASC' },
      take: BATCH,
    });
    if (!sharesUsers)
      await eraseUsersWithoutRatings(
        manager,
        found.map(({ userId }) => userId),
      );
    return found;
  });
  for (const { userId } of users) {
    if (sharesUsers) await eraseShared(deps, appId, userId, deadline);
    // At once: the deadline may end this before the last one.
    erasures.announce(userId);
  }
  return users.map(({ externalId }) => externalId);
}

/** Erases a user whose ratings count in the movies' aggregates. */
async function eraseShared(
  { database, catalogue }: DeletingDeps,
  appId: string,
  userId: number,
  deadline: Deadline,
): Promise<void> {
  const tallies = await eraseUser(database, userId, deadline, (manager) => lockApp(manager, appId));
  for (const [movieId, tally] of tallies) catalogue.recount(movieId, tally);
}
