import type { StoredScope } from '@pocketrocket/schema/database';
import { createApp } from '../apps/manageApps.ts';
import { createApiKey, type NewKey } from '../apps/manageKeys.ts';
import type { ApiDeps } from '../graphql/deps.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/** An app of a test. */
export interface TestApp {
  appId: string;
  /** A new key with these scopes. */
  key(...scopes: StoredScope[]): Promise<string>;
  /** A new key made otherwise. */
  makeKey(more: Partial<NewKey>): Promise<{ keyId: string; secret: string }>;
}

/** Makes an app. */
export async function makeApp(
  { database, logger, keyBudget }: Pick<ApiDeps, 'database' | 'logger' | 'keyBudget'>,
  { name = 'An app', sharesUsers = false } = {},
): Promise<TestApp> {
  const managing = { database, logger, changedBy: 'test' };
  const { appId } = await createApp(managing, { name, sharesUsers }, NO_DEADLINE);
  const makeKey: TestApp['makeKey'] = async (more) => {
    const wanted = { appId, name: 'test', scopes: ['read'] as StoredScope[], ...more };
    const { key, secret } = await createApiKey(managing, wanted, keyBudget, NO_DEADLINE);
    return { keyId: key.keyId, secret };
  };
  return { appId, makeKey, key: async (...scopes) => (await makeKey({ scopes })).secret };
}
