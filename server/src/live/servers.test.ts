import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishArtifact } from '@pocketrocket/model/artifact';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, ownModelName, TEST_REDIS_URL, type TestRoom } from '@pocketrocket/testing';
import { startServer, type RunningServer } from '../server.ts';
import { TEST_SECRET } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { openStream, openWebSocket, query, type LiveResult } from './test/clients.ts';

const LISTS = 'subscription { recommendationsChanged(first: 3) { served { ranker } } }';
const RATE = 'mutation { rateMovie(input: { movieId: 1, rating: 5 }) { rating { rating } } }';

const redis = TEST_REDIS_URL;
if (redis === undefined && process.env['CI']) throw new Error('TEST_REDIS_URL is missing');

describe.each([
  ['mysql', 'Redis', { REDIS_URL: redis ?? '' }],
  ['mysql', 'no Redis', {}],
  ['node-sqlite', 'no Redis', {}],
] as const)('two servers on %s and %s', (engine, _name, more) => {
  const isPossible = canTestOn(engine) && (redis !== undefined || !('REDIS_URL' in more));
  let room: TestRoom;
  let folder: string;
  let servers: RunningServer[] = [];

  beforeAll(async () => {
    if (!isPossible) return;
    room = await makeTestRoom(engine);
    folder = await mkdtemp(join(tmpdir(), 'pocketrocket-live-'));
    const database = await openDatabase(room.options);
    const fixture = makeFixture();
    await fillDatabase(database, fixture);
    await database.close();
    const { draft, tensors } = toArtifact(makeModel(fixture));
    await publishArtifact(join(folder, 'models'), draft, tensors);
    const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
    const start = (name: string) => {
      const env = {
        POCKETROCKET_HOME: join(folder, name),
        MODEL_DIR: join(folder, 'models'),
        MODEL_NAME: modelName,
        DATABASE_URL: room.options.url,
        JWT_SECRET: TEST_SECRET,
        PORT: '0',
        WORKERS: '1',
        WARM_UP_MS: '0',
        ...more,
      };
      return startServer(readConfig(env, databaseUrlProblems), logger, '/nowhere');
    };
    const modelName = ownModelName();
    servers = [await start('a'), await start('b')];
  }, 120_000);
  afterAll(async () => {
    if (!isPossible) return;
    await Promise.all(servers.map((server) => server.stop({ atOnce: true })));
    await room.drop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  (isPossible ? it : it.skip)(
    'tell of ratings to each other, and of sessions that end',
    async () => {
      const [a = '', b = ''] = servers.map(({ url }) => url);
      const { signUp } = await query<{ signUp: { token: string } }>(
        a,
        'mutation { signUp(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token } }',
      );
      const { token } = signUp;
      const socket = await openWebSocket(b, { token });
      const all = [
        socket.subscribe(LISTS),
        await openStream(b, LISTS, {}, { authorization: `Bearer ${token}` }),
      ];
      const rankers = async () =>
        Promise.all(
          all.map(async (results) => {
            const { data } = (await results.next()) as LiveResult<{
              recommendationsChanged: { served: { ranker: string } };
            }>;
            return data?.recommendationsChanged.served.ranker;
          }),
        );
      expect(await rankers()).toEqual(['POPULARITY', 'POPULARITY']);
      await query(a, RATE, {}, token);
      expect(await rankers()).toEqual(['NEURAL_CF', 'NEURAL_CF']);
      if (!('REDIS_URL' in more)) return;
      await query(a, 'mutation { signOutEverywhere }', {}, token);
      expect((await socket.closed).code).toBe(4403);
    },
    60_000,
  );
});
