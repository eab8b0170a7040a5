/**
 * Serves a small fixture, with an app that has two keys, until its standard input ends: for tests of clients, which import nothing of the
 * server. Prints one line of JSON: address and keys.
 */
import { createLogger } from '@pocketrocket/runtime';
import type { Database, StoredScope } from '@pocketrocket/schema/database';
import { createApp } from '../apps/manageApps.ts';
import { createApiKey } from '../apps/manageKeys.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { startFilledServer } from './filledServer.ts';
import { makeFixture } from './fixture.ts';

const BUDGET = { burst: 20_000, perSecond: 2_000 };
const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

/** Of a backend, and of a page that its users read. */
const keys = { backend: '', page: '' };

async function makeKeys(database: Database): Promise<void> {
  const managing = { database, logger, changedBy: 'test' };
  const { appId } = await createApp(managing, { name: 'Films', sharesUsers: false }, NO_DEADLINE);
  const make = async (name: string, scopes: StoredScope[]) =>
    (await createApiKey(managing, { appId, name, scopes }, BUDGET, NO_DEADLINE)).secret;
  keys.backend = await make('backend', ['read', 'recommend', 'write:events']);
  keys.page = await make('page', ['recommend']);
}

const { CORS_ORIGINS = '', TRUSTED_DOCUMENTS = '' } = process.env;
const server = await startFilledServer(makeFixture(), { CORS_ORIGINS, TRUSTED_DOCUMENTS }, makeKeys);
process.stdout.write(`${JSON.stringify({ url: server.url, keys })}\n`);
process.stdin.resume();
process.stdin.once('end', () => void server.stop({ atOnce: true }));
