import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_TIMES } from '../../test/fixture.ts';

const fixture = makeFixture();

interface Page<T> {
  nodes: T[];
  edges: { cursor: string; node: T }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

describeOnEveryDatabase('the lists', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), null);
  });

  /** Reads a list page by page to its end. */
  async function readAll<T>(query: string, at: (data: never) => Page<T>, first: number): Promise<T[]> {
    const nodes: T[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Page<T> = at(await api.query<never>(query, { first, after }));
      expect(page.nodes).toEqual(page.edges.map(({ node }) => node));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return nodes;
      expect(page.nodes).toHaveLength(first);
      after = page.pageInfo.endCursor;
    }
  }

  const PAGE =
    'edges { cursor node { ...fields } } nodes { ...fields } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

  interface MovieNode {
    movieId: number;
    title: string;
    releaseYear: number | null;
    weightedRating: number;
    ratingCount: number;
  }
  const MOVIE = 'fragment fields on Movie { movieId title releaseYear weightedRating ratingCount }';

  const nullsLast = (a: number | null, b: number | null) => (b ?? -Infinity) - (a ?? -Infinity) || 0;
  const movieOrders: Record<string, (a: MovieNode, b: MovieNode) => number> = {
    WEIGHTED_RATING_DESC: (a, b) => b.weightedRating - a.weightedRating,
    RATING_COUNT_DESC: (a, b) => b.ratingCount - a.ratingCount,
    RELEASE_YEAR_DESC: (a, b) =>
      a.releaseYear === b.releaseYear ? 0 : nullsLast(a.releaseYear, b.releaseYear),
    TITLE_ASC: (a, b) => (a.title < b.title ? -1 : Number(a.title > b.title)),
  };

  for (const [orderBy, compare] of Object.entries(movieOrders)) {
    const inOrder = (a: MovieNode, b: MovieNode) => compare(a, b) || a.movieId - b.movieId;

    it(`pages through all movies by ${orderBy}, ties and missing keys included, none twice`, async () => {
      const query = `query ($first: Int!, $after: String) { movies(orderBy: ${orderBy}, first: $first, after: $after) { ${PAGE} } } ${MOVIE}`;
      const movies = await readAll<MovieNode>(query, (data: { movies: Page<MovieNode> }) => data.movies, 7);
      expect(movies.map(({ movieId }) => movieId)).toEqual(
        [...movies].sort(inOrder).map(({ movieId }) => movieId),
      );
      expect(new Set(movies.map(({ movieId }) => movieId)).size).toBe(fixture.movies.length);
    });

    it(`pages through a genre's movies by ${orderBy}`, async () => {
      const query = `query ($first: Int!, $after: String) { genre(name: "horror") { movies(orderBy: ${orderBy}, first: $first, after: $after) { ${PAGE} } } } ${MOVIE}`;
      const movies = await readAll<MovieNode>(
        query,
        (data: { genre: { movies: Page<MovieNode> } }) => data.genre.movies,
        4,
      );
      const expected = fixture.movies
        .filter(({ genres }) => genres.includes('Horror'))
        .map(({ movieId }) => movieId);
      expect(movies.map(({ movieId }) => movieId)).toEqual(
        [...movies].sort(inOrder).map(({ movieId }) => movieId),
      );
      expect(movies.map(({ movieId }) => movieId).sort((a, b) => a - b)).toEqual(expected);
    });
  }

  it('counts whole lists', async () => {
    const data = await api.query<
      Record<
        string,
        { totalCount: number; ratings?: { totalCount: number }; movies?: { totalCount: number } }
      >
    >(
      `{ movies(first: 1) { totalCount } filtered: movies(first: 1, filter: { genres: ["Horror"] }) { totalCount }
         users(first: 1) { totalCount } user(userId: 1) { ratings(first: 1) { totalCount } } genre(name: "Horror") { movies(first: 1) { totalCount } } }`,
    );
    const horror = fixture.movies.filter(({ genres }) => genres.includes('Horror')).length;
    expect(data).toEqual({
      movies: { totalCount: 120 },
      filtered: { totalCount: horror },
      users: { totalCount: 60 },
      user: { ratings: { totalCount: fixture.ratings.filter(({ userId }) => userId === 1).length } },
      genre: { movies: { totalCount: horror } },
    });
  });

  it('pages through users in both orders', async () => {
    interface UserNode {
      userId: number;
      ratingCount: number;
    }
    for (const orderBy of ['RATING_COUNT_DESC', 'USER_ID_ASC']) {
      const query = `query ($first: Int!, $after: String) { users(orderBy: ${orderBy}, first: $first, after: $after) { ${PAGE} } } fragment fields on User { userId ratingCount }`;
      const users = await readAll<UserNode>(query, (data: { users: Page<UserNode> }) => data.users, 7);
      const compare = (a: UserNode, b: UserNode) =>
        (orderBy === 'USER_ID_ASC' ? 0 : b.ratingCount - a.ratingCount) || a.userId - b.userId;
      expect(users).toEqual([...users].sort(compare));
      expect(new Set(users.map(({ userId }) => userId)).size).toBe(fixture.userIds.length);
    }
  });

  it("pages through a user's ratings in both orders, with and without times", async () => {
    for (const userId of [1, USER_WITHOUT_TIMES]) {
      const own = fixture.ratings.filter((rating) => rating.userId === userId);
      for (const orderBy of ['RATED_AT_DESC', 'RATING_DESC'] as const) {
        const query = `query ($first: Int!, $after: String) { user(userId: ${userId}) { ratings(orderBy: ${orderBy}, first: $first, after: $after) { ${PAGE} } } }
          fragment fields on Rating { rating ratedAt movie { movieId } user { userId } }`;
        const ratings = await readAll<{
          rating: number;
          ratedAt: string | null;
          movie: { movieId: number };
          user: { userId: number };
        }>(query, (data: { user: { ratings: Page<never> } }) => data.user.ratings, 5);
        const key = ({ halfStars, ratedAtSeconds }: (typeof own)[number]) =>
          orderBy === 'RATING_DESC' ? halfStars : (ratedAtSeconds ?? 0);
        expect(ratings).toEqual(
          [...own]
            .sort((a, b) => key(b) - key(a) || a.movieId - b.movieId)
            .map(({ movieId, halfStars, ratedAtSeconds }) => ({
              rating: halfStars / 2,
              ratedAt: ratedAtSeconds === null ? null : new Date(ratedAtSeconds * 1000).toISOString(),
              movie: { movieId },
              user: { userId },
            })),
        );
      }
    }
  });
});
