import { afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();

const SIMILAR = 'similar(first: $first) { similarity movie { title genres { name } } }';
const RECOMMENDED =
  'nodes { movie { title genres { name } ratingHistogram { count } } reasons { movie { title genres { name } } } }';

/** Every list field of the API, as deep as the portal asks. */
const LISTS: Record<string, { query: string; statements: number }> = {
  'movies and all that hangs on them': {
    query: `movies(first: $first) { totalCount nodes { title imdbUrl ratingHistogram { count } genres { name }
      fans(first: $first) { name favouriteGenre { name } } ${SIMILAR} } }`,
    // The page, its length, fans, their favourite genres; similar movies and all genres are in memory.
    statements: 4,
  },
  'searched movies': {
    query: 'searchMovies(query: "film", first: $first) { title genres { name } }',
    statements: 0,
  },
  'movies of every genre': {
    query: 'genres { name movies(first: $first) { totalCount nodes { title genres { name } } } }',
    statements: 2,
  },
  'movies of one genre': {
    query:
      'genre(name: "Drama") { movies(first: $first, orderBy: TITLE_ASC) { nodes { title genres { name } } } }',
    statements: 2,
  },
  'users and their statistics': {
    query:
      'users(first: $first) { nodes { name favouriteGenre { name } genreProfile { genre { name } ratingCount } } }',
    statements: 3,
  },
  'what users watched': {
    query: `users(first: $first) { nodes { ratings(first: $first) { nodes { rating movie { title genres { name } } } } } }`,
    statements: 3,
  },
  "one user's ratings": {
    query: 'user(userId: 1) { ratings(first: $first) { nodes { rating movie { title genres { name } } } } }',
    statements: 2,
  },
  "one user's recommendations": {
    query: `user(userId: 1) { recommendations(first: $first) { ${RECOMMENDED} } }`,
    statements: 3,
  },
  'recommendations of many users': {
    query: `users(first: $first) { nodes { recommendations(first: $first) { ${RECOMMENDED} } } }`,
    statements: 4,
  },
  'recommendations for a taste': {
    query: `recommendFor(first: $first, ratings: [{ movieId: 1, rating: 5 }, { movieId: 7, rating: 4 }]) { ${RECOMMENDED} }`,
    statements: 1,
  },
};

describeOnEveryDatabase('the number of statements', (database) => {
  const model = makeModel(fixture);
  beforeAll(() => fillDatabase(database(), fixture));
  // The clock stands still, so that no work is long: what is asked for in different turns of the event loop takes a statement for each.
  beforeEach(() => void jest.spyOn(performance, 'now').mockReturnValue(0));
  afterEach(() => void jest.restoreAllMocks());

  it.each(Object.entries(LISTS))(
    'for %s does not grow with the list',
    async (_name, { query, statements }) => {
      const taken: number[] = [];
      for (const first of [50, 5]) {
        // Another server each time: one that knows the users already reads less.
        const api = await TestApi.open(database(), model);
        const answer = await api.run(`query ($first: Int!) { ${query} }`, { first });
        expect(answer.errors).toEqual([]);
        taken.push(answer.statements.length);
      }
      expect(taken).toEqual([statements, statements]);
    },
  );

  it('for recommendations does not read again what has not changed', async () => {
    const api = await TestApi.open(database(), model);
    const query =
      'query { user(userId: 1) { recommendations { nodes { score movie { title genres { name } } } } } }';
    const [first, again] = [await api.run(query), await api.run(query)];
    expect(again.data).toEqual(first.data);
    // The user and the ratings, then the user alone.
    expect([first.statements.length, again.statements.length]).toEqual([2, 1]);
  });
});
