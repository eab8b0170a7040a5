import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { holdSqliteLock, makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';

const HOLD_MS = 3_000;
const SIGN_UP =
  'mutation { signUp(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token } }';
const RATE = 'mutation { rateMovie(input: { movieId: 1, rating: 4 }) { rating { rating } } }';
const READ =
  '{ movies(first: 5) { nodes { title } } user(userId: 1) { ratings(first: 5) { nodes { rating } } } }';

let room: TestRoom;
let database: Database;
let api: TestApi;
beforeAll(async () => {
  room = await makeTestRoom('node-sqlite');
  database = await openDatabase({ ...room.options, statementTimeoutMs: 10_000 });
  await fillDatabase(database, makeFixture());
  api = await TestApi.open(database, null);
});
afterAll(async () => {
  await database.close();
  await room.drop();
});

it('a rating waits for a process that writes, and succeeds; queries are answered meanwhile', async () => {
  const { signUp } = await api.query<{ signUp: { token: string } }>(SIGN_UP);
  await api.query(READ);
  const { released } = await holdSqliteLock('node-sqlite', room.options.url.replace('sqlite:', ''), HOLD_MS);
  const begunAt = performance.now();
  let ratedAfterMs = 0;
  const rated = api
    .query<{ rateMovie: { rating: { rating: number } } }>(RATE, {}, signUp.token)
    .then((data) => {
      ratedAfterMs = performance.now() - begunAt;
      return data;
    });
  const readMs: number[] = [];
  while (ratedAfterMs === 0) {
    const startedAt = performance.now();
    await api.query(READ);
    readMs.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect((await rated).rateMovie.rating.rating).toBe(4);
  await released;
  expect(ratedAfterMs).toBeGreaterThan(HOLD_MS - 500);
  const p95 = readMs.sort((a, b) => a - b)[Math.floor(readMs.length * 0.95)];
  expect(readMs.length).toBeGreaterThan(20);
  // A read that waited for the lock would take seconds; other suites take their share of the machine.
  expect(p95).toBeLessThan(HOLD_MS / 10);
});
