import { AppError, type Logger } from '@pocketrocket/runtime';
import {
  ApiKeyEntity,
  APP_NAME_LENGTH,
  AppEntity,
  AppUserEntity,
  lockApp,
  type Database,
} from '@pocketrocket/schema/database';
import { checkText } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { deleteSomeUsers, type DeletingDeps } from './deleteUsers.ts';
import { randomAppId } from './keyText.ts';

export interface ManagingDeps {
  database: Database;
  logger: Logger;
  /** The administrator, as the log tells it. */
  changedBy: string;
}

/** Makes an app. @throws AppError BAD_USER_INPUT for a bad name */
export async function createApp(
  { database, logger, changedBy }: ManagingDeps,
  { name, sharesUsers }: { name: string; sharesUsers: boolean },
  deadline: Deadline,
): Promise<AppEntity> {
  const app: AppEntity = {
    appId: randomAppId(),
    name: checkText(name, 'name', APP_NAME_LENGTH),
    sharesUsers: sharesUsers ? 1 : 0,
    createdAtSeconds: nowSeconds(),
  };
  await writeInTransaction(database, deadline, (manager) => manager.insert(AppEntity, app));
  logger.warn({ appId: app.appId, sharesUsers, changedBy }, 'app made');
  return app;
}

/**
 * Deletes an app: its keys first, then its users with all that is stored of them, a batch at a time. Its films stay, as they are
 * everybody's. Where the deadline ends it, it goes on when it is called again.
 * @throws AppError NOT_FOUND; UPSTREAM_UNAVAILABLE past the deadline
 */
export async function deleteApp(
  { logger, changedBy, ...deps }: ManagingDeps & DeletingDeps,
  appId: string,
  deadline: Deadline,
): Promise<void> {
  const { database } = deps;
  const app = await writeInTransaction(database, deadline, async (manager) => {
    await lockApp(manager, appId);
    await manager.delete(ApiKeyEntity, { appId });
    return manager.findOneBy(AppEntity, { appId });
  });
  if (!app) throw new AppError('NOT_FOUND', `there is no app ${appId}`);
  const access = { appId, sharesUsers: app.sharesUsers === 1 };
  let userCount = 0;
  for (let isGone = false; !isGone;) {
    userCount += (await deleteSomeUsers(deps, access, 'all', deadline)).length;
    // Requests that were let in before may make users until the app's row is gone.
    isGone = await writeInTransaction(database, deadline, async (manager) => {
      await lockApp(manager, appId);
      if (await manager.existsBy(AppUserEntity, { appId })) return false;
      // One that was made since the deletion began would hold for an app that is gone.
      await manager.delete(ApiKeyEntity, { appId });
      await manager.delete(AppEntity, { appId });
      return true;
    });
  }
  logger.warn({ appId, userCount, changedBy }, 'app deleted');
}
