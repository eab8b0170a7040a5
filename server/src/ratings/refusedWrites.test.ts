import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { createSqlite, type TestDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';

let opened: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  opened = await createSqlite('node-sqlite');
  await fillDatabase(opened.database, makeFixture());
  api = await TestApi.open(opened.database, null);
});
afterAll(() => opened.drop());

it('every write to a database that takes none fails by a code of its own, and reading goes on', async () => {
  const account = '(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token }';
  const { signUp } = await api.query<{ signUp: { token: string } }>(`mutation { signUp${account} }`);
  await opened.database.dataSource.query('PRAGMA query_only = ON');
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
