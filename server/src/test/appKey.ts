import { API_SCOPES, ApiKeyEntity, AppEntity, type Database } from '@pocketrocket/schema/database';
import { makeSecret, randomAppId, randomKeyId, writeKey } from '../apps/keyText.ts';

/** Makes an app with a key that may do everything, or what the scopes say. */
export async function makeAppKey(
  { dataSource }: Database,
  { scopes = API_SCOPES, sharesUsers = false }: { scopes?: readonly string[]; sharesUsers?: boolean } = {},
): Promise<{ appId: string; key: string }> {
  const [appId, keyId] = [randomAppId(), randomKeyId()];
  const { secret, secretHash } = makeSecret();
  await dataSource
    .getRepository(AppEntity)
    .insert({ appId, name: 'An app', sharesUsers: sharesUsers ? 1 : 0, createdAtSeconds: 1 });
  await dataSource.getRepository(ApiKeyEntity).insert({
    ...{ keyId, appId, secretHash, name: 'A key', scopes: scopes.join(','), perSecond: 1e6, burst: 1e6 },
    createdAtSeconds: 1,
  });
  return { appId, key: writeKey({ keyId, secret }) };
}
