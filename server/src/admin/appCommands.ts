import type { Config, Logger } from '@pocketrocket/runtime';
import type { Database, StoredScope } from '@pocketrocket/schema/database';
import { AppRepository } from '../apps/appRepository.ts';
import { createApp, deleteApp, type ManagingDeps } from '../apps/manageApps.ts';
import { createApiKey, revokeApiKey, rotateApiKey, type MadeKey } from '../apps/manageKeys.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { withDatabase } from './commands.ts';

/** The settings, the log, and who runs the command. */
export interface AdminRun {
  config: Config;
  logger: Logger;
  changedBy: string;
}

/** An app, as it is listed. */
export interface ListedApp {
  appId: string;
  name: string;
  sharesUsers: boolean;
  userCount: number;
  createdAt: Date;
}

/** A key, as it is listed. */
export interface ListedKey {
  keyId: string;
  appId: string;
  name: string;
  scopes: string[];
  perSecond: number;
  burst: number;
  state: 'active' | 'expired' | 'revoked';
  lastUsedAt: Date | null;
  /** Null for one that holds until it is revoked. */
  expiresAt: Date | null;
}

/** Makes an app. @returns its id @throws AppError BAD_USER_INPUT; NOT_FOUND without a database */
export async function makeApp(run: AdminRun, app: { name: string; sharesUsers: boolean }): Promise<string> {
  return withDatabase(
    run.config,
    async (database) => (await createApp(managing(run, database), app, NO_DEADLINE)).appId,
  );
}

/** All apps, oldest first. @throws AppError NOT_FOUND without a database */
export function listApps({ config }: AdminRun): Promise<ListedApp[]> {
  return withDatabase(config, async ({ dataSource }) => {
    const repository = new AppRepository(dataSource);
    const apps = await repository.all();
    const counts = apps.length === 0 ? [] : await repository.userCounts(apps.map(({ appId }) => appId));
    return apps.map((app, place) => ({ ...app, userCount: counts[place] ?? 0 }));
  });
}

/** Deletes an app with its keys, users and events. @throws AppError NOT_FOUND */
export function removeApp(run: AdminRun, appId: string): Promise<void> {
  return withDatabase(run.config, (database) => {
    // Servers learn from the database who was erased.
    const elsewhere = { catalogue: { recount: () => undefined }, erasures: { announce: () => undefined } };
    return deleteApp({ ...managing(run, database), ...elsewhere }, appId, NO_DEADLINE);
  });
}

/** Makes a key. @returns it as it is sent @throws AppError BAD_USER_INPUT; NOT_FOUND */
export function makeKey(
  run: AdminRun,
  key: {
    appId: string;
    name: string;
    scopes: StoredScope[];
    perSecond?: number | undefined;
    burst?: number | undefined;
    expiresAt?: Date | undefined;
  },
): Promise<MadeKey> {
  const { budgetBurst: burst, budgetKeyPerSecond: perSecond } = run.config;
  return withDatabase(run.config, (database) =>
    createApiKey(managing(run, database), key, { burst, perSecond }, NO_DEADLINE),
  );
}

/** The keys of an app, or of all, oldest first. @throws AppError NOT_FOUND without a database */
export function listKeys({ config }: AdminRun, appId: string | undefined): Promise<ListedKey[]> {
  return withDatabase(config, async ({ dataSource }) => {
    const repository = new AppRepository(dataSource);
    const keys = appId === undefined ? await repository.allKeys() : (await repository.keysOf([appId])).flat();
    return keys.map(({ revokedAt, ...key }) => ({ ...key, state: stateOf(key.expiresAt, revokedAt) }));
  });
}

function stateOf(expiresAt: Date | null, revokedAt: Date | null): ListedKey['state'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
}

/** Gives a key a new secret. @returns it as it is sent @throws AppError BAD_USER_INPUT; NOT_FOUND */
export function renewKey(run: AdminRun, keyId: string, overlapSeconds: number): Promise<MadeKey> {
  return withDatabase(run.config, (database) =>
    rotateApiKey(managing(run, database), { keyId, overlapSeconds }, NO_DEADLINE),
  );
}

/** Ends a key. @throws AppError NOT_FOUND */
export async function endKey(run: AdminRun, keyId: string): Promise<void> {
  await withDatabase(run.config, (database) => revokeApiKey(managing(run, database), keyId, NO_DEADLINE));
}

function managing({ logger, changedBy }: AdminRun, database: Database): ManagingDeps {
  return { database, logger, changedBy };
}
