import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishArtifact } from '@pocketrocket/model/artifact';
import { RedisLink, TrainingNotes } from '@pocketrocket/model/redis';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase } from '@pocketrocket/schema/database';
import {
  canTestOn,
  makeTestRoom,
  ownModelName,
  QUICK_START,
  TEST_REDIS_URL,
  type TestRoom,
} from '@pocketrocket/testing';
import { startServer, type RunningServer } from '../server.ts';
import { TEST_SECRET } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { openStream, openWebSocket, query, type LiveResult } from './test/clients.ts';

const LISTS = 'subscription { recommendationsChanged(first: 3) { served { ranker } } }';
const RATE = 'mutation { rateMovie(input: { movieId: 1, rating: 5 }) { rating { rating } } }';

const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
const redis = TEST_REDIS_URL;
if (redis === undefined && process.env['CI']) throw new Error('TEST_REDIS_URL is missing');

describe.each([
  ['mysql', 'Redis', { REDIS_URL: redis ?? '' }],
  ['mysql', 'no Redis', {}],
  ['node-sqlite', 'no Redis', {}],
] as const)('two servers on %s and %s', (engine, _name, more) => {
  const isPossible = canTestOn(engine) && (redis !== undefined || !('REDIS_URL' in more));
  const modelName = ownModelName();
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
    const start = (name: string) => {
      const env = {
        POCKETROCKET_HOME: join(folder, name),
        MODEL_DIR: join(folder, 'models'),
        MODEL_NAME: modelName,
        DATABASE_URL: room.options.url,
        JWT_SECRET: TEST_SECRET,
        PORT: '0',
        ...QUICK_START,
        ...more,
      };
      return startServer(readConfig(env, databaseUrlProblems), logger, '/nowhere');
    };
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

  // Without Redis servers know of no other machine's.
  if ('REDIS_URL' in more)
    (isPossible ? it : it.skip)(
      'tell of a training that runs on a third machine, until it ends',
      async () => {
        const link = new RedisLink({ url: redis ?? '', name: 'test', logger });
        await link.connected();
        const notes = new TrainingNotes(link, modelName);
        const sockets = await Promise.all(servers.map(({ url }) => openWebSocket(url)));
        const all = sockets.map((socket) =>
          socket.subscribe('subscription { trainingChanged { isRunning stage share } }'),
        );
        const told = () => Promise.all(all.map((results) => results.next()));
        const both = (trainingChanged: object) => [
          { data: { trainingChanged } },
          { data: { trainingChanged } },
        ];
        const idle = { isRunning: false, stage: null, share: null };
        expect(await told()).toEqual(both(idle));
        const at = new Date().toISOString();
        // Of a process that no machine has.
        const progress = { pid: 2 ** 30, stage: 'item2vec', total: 10, startedAt: at, updatedAt: at };
        await notes.write({ ...progress, done: 4 });
        expect(await told()).toEqual(both({ isRunning: true, stage: 'item2vec', share: 0.4 }));
        // However many a trainer sends, a subscriber takes the last.
        const sent = Array.from({ length: 500 }, (_, place) =>
          notes.write({ ...progress, stage: 'ease', total: 1_000, done: place + 1 }),
        );
        await Promise.all(sent);
        const untilHalf = async (results: (typeof all)[number]): Promise<number> => {
          for (let numTold = 1; ; numTold++) {
            const { data } = (await results.next()) as LiveResult<{ trainingChanged: { share: number } }>;
            if (data?.trainingChanged.share === 0.5) return numTold;
          }
        };
        for (const numTold of await Promise.all(all.map(untilHalf))) expect(numTold).toBeLessThanOrEqual(50);
        const answers = servers.map(({ url }) => query(url, '{ training { isRunning stage share } }'));
        const last = { training: { isRunning: true, stage: 'ease', share: 0.5 } };
        expect(await Promise.all(answers)).toEqual([last, last]);
        await notes.clear();
        expect(await told()).toEqual(both(idle));
        for (const socket of sockets) socket.close();
        link.close();
      },
      60_000,
    );
});
