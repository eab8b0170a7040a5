import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';

let room: TestRoom;
let database: Database;
let api: TestApi;
beforeAll(async () => {
  room = await makeTestRoom('better-sqlite3');
  database = await openDatabase({ ...room.options, statementTimeoutMs: 10_000 });
  await fillDatabase(database, makeFixture());
  api = await TestApi.open(database, null);
});
afterAll(async () => {
  await database.close();
  await room.drop();
});

it('every write to a database that takes none fails by a code of its own, and reading goes on', async () => {
  const account = '(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token }';
  const { signUp } = await api.query<{ signUp: { token: string } }>(`mutation { signUp${account} }`);
  await database.dataSource.query('PRAGMA query_only = ON');
  for (const query of [
    'mutation { rateMovie(input: { movieId: 1, rating: 4 }) { rating { rating } } }',
    'mutation { signUp(input: { name: "Bob", email: "bob@example.org", password: "correct horse" }) { token } }',
    'mutation { signIn(input: { email: "ann@example.org", password: "correct horse" }) { token } }',
  ]) {
    const { errors } = await api.run(query, {}, signUp.token);
    expect(errors).toEqual([
      expect.stringMatching(/^WRITES_REFUSED: the database refuses writes: it is read-only/),
    ]);
  }
  expect(await api.query('{ movies(first: 1) { nodes { title } } }')).toMatchObject({
    movies: { nodes: [{}] },
  });
});
