import { expect, it } from '@jest/globals';
import { createSqlite } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { readMatcher } from './movieMatching.ts';

it('movies are read for matching page by page, none left out', async () => {
  const made = await createSqlite('better-sqlite3');
  try {
    const fixture = makeFixture();
    await fillDatabase(made.database, fixture);
    const matchesOf = async (pageSize: number) => {
      const matcher = await readMatcher(made.database.dataSource, pageSize);
      return fixture.movies.map(({ title, releaseYear }) =>
        matcher.match({ title, year: releaseYear, imdbId: null, tmdbId: null }),
      );
    };
    const atOnce = await matchesOf(1_000);
    // Each title is that of two movies.
    const named = atOnce.flatMap(({ candidates }) => candidates.map(({ movieId }) => movieId));
    expect(new Set(named).size).toBe(fixture.movies.length);
    expect(await matchesOf(7)).toEqual(atOnce);
    expect(await matchesOf(fixture.movies.length)).toEqual(atOnce);
  } finally {
    await made.drop();
  }
});
