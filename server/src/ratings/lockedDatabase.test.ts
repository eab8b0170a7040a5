import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { holdSqliteLock, makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';

const NUM_READS = 20;
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
  const { release } = await holdSqliteLock('node-sqlite', room.options.url.replace('sqlite:', ''));
  let isRated = false;
  const rated = api
    .query<{ rateMovie: { rating: { rating: number } } }>(RATE, {}, signUp.token)
    .finally(() => (isRated = true));
  // A read that waited for the lock would never be answered.
  for (let reads = 0; reads < NUM_READS; reads++) {
    await api.query(READ);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(isRated).toBe(false);
  await release();
  expect((await rated).rateMovie.rating.rating).toBe(4);
});
