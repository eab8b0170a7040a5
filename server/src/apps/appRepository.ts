import type { ApiScope } from '@pocketrocket/schema';
import { ApiKey, App } from '@pocketrocket/schema';
import { ApiKeyEntity, AppEntity } from '@pocketrocket/schema/database';
import { In, type DataSource } from 'typeorm';
import { groupBy, placeholders } from '../database/batches.ts';

/** Reads apps and their keys, for administrators. */
export class AppRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All apps, oldest first. */
  async all(): Promise<App[]> {
    const apps = await this.dataSource
      .getRepository(AppEntity)
      .find({ order: { createdAtSeconds: 'ASC', appId: 'ASC' } });
    return apps.map(toApp);
  }

  /** One entry per id, in the order asked; null where there is no such app. */
  async byIds(appIds: readonly string[]): Promise<(App | null)[]> {
    const found = await this.dataSource.getRepository(AppEntity).findBy({ appId: In([...appIds]) });
    const byId = new Map(found.map((app) => [app.appId, toApp(app)]));
    return appIds.map((appId) => byId.get(appId) ?? null);
  }

  /** The keys of all apps, oldest first. */
  async allKeys(): Promise<ApiKey[]> {
    return (await this.#keys()).map(toApiKey);
  }

  /** One list per app, in the order asked: its keys, oldest first. */
  async keysOf(appIds: readonly string[]): Promise<ApiKey[][]> {
    const keys = groupBy(await this.#keys(appIds), ({ appId }) => appId);
    return appIds.map((appId) => (keys.get(appId) ?? []).map(toApiKey));
  }

  /** One entry per app, in the order asked: the number of its users. */
  async userCounts(appIds: readonly string[]): Promise<number[]> {
    const rows = await this.dataSource.query<{ appId: string; number: number | string }[]>(
      `SELECT appId, COUNT(*) AS number FROM app_user WHERE appId IN (${placeholders(appIds)}) GROUP BY appId`,
      [...appIds],
    );
    const counts = new Map(rows.map(({ appId, number }) => [appId, Number(number)]));
    return appIds.map((appId) => counts.get(appId) ?? 0);
  }

  #keys(appIds?: readonly string[]): Promise<ApiKeyEntity[]> {
    return this.dataSource.getRepository(ApiKeyEntity).find({
      ...(appIds && { where: { appId: In([...appIds]) } }),
      order: { createdAtSeconds: 'ASC', keyId: 'ASC' },
    });
  }
}

export function toApp({ appId, name, sharesUsers, createdAtSeconds }: AppEntity): App {
  return Object.assign(new App(), {
    appId,
    name,
    sharesUsers: sharesUsers === 1,
    createdAt: dateOf(createdAtSeconds),
  });
}

export function toApiKey(key: ApiKeyEntity): ApiKey {
  const { keyId, appId, name, scopes, perSecond, burst } = key;
  return Object.assign(new ApiKey(), {
    keyId,
    appId,
    name,
    scopes: scopes.split(',') as ApiScope[],
    perSecond,
    burst,
    createdAt: dateOf(key.createdAtSeconds),
    expiresAt: key.expiresAtSeconds === null ? null : dateOf(key.expiresAtSeconds),
    lastUsedAt: key.lastUsedAtSeconds === null ? null : dateOf(key.lastUsedAtSeconds),
    revokedAt: key.revokedAtSeconds === null ? null : dateOf(key.revokedAtSeconds),
  });
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
