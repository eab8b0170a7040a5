import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishArtifact } from '@pocketrocket/model/artifact';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase, type Database } from '@pocketrocket/schema/database';
import { QUICK_START } from '@pocketrocket/testing';
import { startServer } from '../server.ts';
import { fillDatabase, type Fixture } from './fixture.ts';
import { makeModel } from './model.ts';
import { toArtifact } from './publish.ts';

/** A server on a home of its own. */
export interface FilledServer {
  url: string;
  /** Holds the published model. */
  modelDir: string;
  /** Stops it and removes its home. */
  stop(options?: { atOnce?: boolean }): Promise<void>;
}

/**
 * Starts a server, on a free port, that has a fixture and a model of it.
 * @param prepare fills the database further
 */
export async function startFilledServer(
  fixture: Fixture,
  env: Record<string, string> = {},
  prepare: (database: Database) => Promise<void> = async () => undefined,
): Promise<FilledServer> {
  const home = await mkdtemp(join(tmpdir(), 'pocketrocket-filled-'));
  const config = readConfig(
    { POCKETROCKET_HOME: home, PORT: '0', ...QUICK_START, ...env },
    databaseUrlProblems,
  );
  const database = await openDatabase({ url: config.databaseUrl });
  await fillDatabase(database, fixture);
  await prepare(database);
  await database.close();
  const { draft, tensors } = toArtifact(makeModel(fixture));
  await publishArtifact(config.modelDir, draft, tensors);
  const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
  const server = await startServer(config, logger, '/nowhere');
  return {
    url: server.url,
    modelDir: config.modelDir,
    async stop(options) {
      await server.stop(options);
      await rm(home, { recursive: true });
    },
  };
}
