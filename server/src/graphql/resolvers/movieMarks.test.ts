import { beforeAll, expect, it } from '@jest/globals';
import { recomputeAggregates, dismissMovies, restoreMovies } from '@pocketrocket/schema/database';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const MARKS = 'movie { movieId isDismissed isOnWatchlist }';
const DISMISS = `mutation ($movieId: Int!) { dismissMovie(movieId: $movieId) { ${MARKS} user { recommendations(first: 100) { nodes { movie { movieId } } } } } }`;
const RESTORE = `mutation ($movieId: Int!) { restoreMovie(movieId: $movieId) { ${MARKS} user { recommendations(first: 100) { nodes { movie { movieId } } } } } }`;
const ADD = `mutation ($movieId: Int!) { addToWatchlist(movieId: $movieId) { ${MARKS} user { watchlist { totalCount nodes { movieId } } } } }`;
const REMOVE = `mutation ($movieId: Int!) { removeFromWatchlist(movieId: $movieId) { ${MARKS} user { watchlist { totalCount nodes { movieId } } } } }`;
const RATE_MOVIES = `mutation ($ratings: [RatingInput!]!) {
  rateMovies(ratings: $ratings) { ratings { rating ratedAt movie { movieId ratingCount } } unknownMovieIds user { ratingCount } }
}`;
const LIST = `query ($filter: MovieFilter) { viewer { recommendations(first: 100, filter: $filter) {
  nodes { movie { movieId } } served { ranker popularityReason emptyReason }
} } }`;

interface Listed {
  nodes: { movie: { movieId: number } }[];
  served: { ranker: string; popularityReason: string | null; emptyReason: string | null };
}

describeOnEveryDatabase('marked movies', (database) => {
  let api: TestApi;
  let withoutModel: TestApi;
  let numAccounts = 0;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    withoutModel = await TestApi.open(database(), null);
  });

  const enter = async () => {
    const email = `marks${++numAccounts}@example.org`;
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(
      'mutation ($email: String!) { signUp(input: { name: "marks", email: $email, password: "correct horse" }) { token user { userId } } }',
      { email },
    );
    return { token: signUp.token, userId: signUp.user.userId };
  };
  const listOf = async (token: string, { on = api, filter = {} } = {}) => {
    const { viewer } = await on.query<{ viewer: { recommendations: Listed } }>(LIST, { filter }, token);
    const { nodes, served } = viewer.recommendations;
    return { movieIds: nodes.map(({ movie }) => movie.movieId), served };
  };
  const rate = (token: string, movieIds: number[], rating = 5) =>
    api.query<{ rateMovies: { ratings: { movie: { ratingCount: number } }[]; unknownMovieIds: number[] } }>(
      RATE_MOVIES,
      { ratings: movieIds.map((movieId) => ({ movieId, rating })) },
      token,
    );

  it('are listed and counted without movies that were deleted', async () => {
    const { token, userId } = await enter();
    for (const movieId of [2, 3]) await api.query(ADD, { movieId }, token);
    // As a movie that its app has deleted leaves it.
    await database().dataSource.query(
      'UPDATE watchlist_movie SET movieId = ? WHERE userId = ? AND movieId = ?',
      [999_999, userId, 2],
    );
    const { viewer } = await api.query<{ viewer: unknown }>(
      '{ viewer { watchlist(first: 1) { totalCount nodes { movieId } pageInfo { hasNextPage } } } }',
      {},
      token,
    );
    expect(viewer).toEqual({
      watchlist: { totalCount: 1, nodes: [{ movieId: 3 }], pageInfo: { hasNextPage: false } },
    });
  });

  it.each([
    ['by the model', 'NEURAL_CF', [2, 5, 8], 5],
    ['of popular movies, without ratings', 'POPULARITY', [], 5],
    ['of popular movies, after dislikes alone', 'POPULARITY', [2, 5], 1],
  ])('what is dismissed is in no list %s until it is restored, at once', async (_, ranker, rated, rating) => {
    const { token } = await enter();
    await rate(token, rated, rating);
    const before = await listOf(token);
    expect(before.served.ranker).toBe(ranker);
    const [best = 0, second = 0] = before.movieIds;
    for (const movieId of [best, best, second]) {
      const { dismissMovie } = await api.query<{
        dismissMovie: { movie: object; user: { recommendations: Listed } };
      }>(DISMISS, { movieId }, token);
      expect(dismissMovie.movie).toEqual({ movieId, isDismissed: true, isOnWatchlist: false });
      const inAnswer = dismissMovie.user.recommendations.nodes.map(({ movie }) => movie.movieId);
      expect(inAnswer).not.toContain(best);
    }
    const without = (await listOf(token)).movieIds;
    expect(without).toEqual(expect.not.arrayContaining([best, second]));
    expect(without.length).toBeGreaterThan(20);
    for (const movieId of [best, second, second]) await api.query(RESTORE, { movieId }, token);
    expect((await listOf(token)).movieIds).toEqual(before.movieIds);
  });

  it('and every rating make another revision, which the lists that are made of it have', async () => {
    const { token, userId } = await enter();
    const revisions = async () => {
      const { viewer } = await api.query<{
        viewer: { ratingsRevision: string; recommendations: { served: { ratingsRevision: string } } };
      }>('{ viewer { ratingsRevision recommendations { served { ratingsRevision } } } }', {}, token);
      expect(viewer.recommendations.served).toEqual({ ratingsRevision: viewer.ratingsRevision });
      return viewer.ratingsRevision;
    };
    const seen = [await revisions()];
    for (const change of [
      () => rate(token, [2]),
      () => rate(token, [2], 1),
      () => api.query(DISMISS, { movieId: 5 }, token),
      () => api.query(RESTORE, { movieId: 5 }, token),
    ]) {
      await change();
      seen.push(await revisions());
      expect(await revisions()).toBe(seen.at(-1));
    }
    expect(new Set(seen).size).toBe(5);
    await api.query(ADD, { movieId: 5 }, token);
    expect(await revisions()).toBe(seen.at(-1));

    const asked = `{ user(userId: ${userId}) { ratingsRevision } }`;
    expect(await api.query(asked)).toEqual({ user: { ratingsRevision: null } });
    const ofTaste =
      '{ recommendFor(ratings: [{ movieId: 2, rating: 5 }]) { served { ranker ratingsRevision } } }';
    expect(await api.query(ofTaste)).toEqual({
      recommendFor: { served: { ranker: 'NEURAL_CF', ratingsRevision: null } },
    });
  });

  it('lists without a model leave them out, and an empty list says so; others see them', async () => {
    const [ann, bob] = [await enter(), await enter()];
    const filter = { yearFrom: 1950, yearTo: 1950, excludeMovieIds: [71, 81, 91, 101, 111] };
    const all = (await listOf(ann.token, { on: withoutModel, filter })).movieIds;
    expect(all.length).toBeGreaterThan(0);
    for (const movieId of all) await api.query(DISMISS, { movieId }, ann.token);
    const empty = await listOf(ann.token, { on: withoutModel, filter });
    expect(empty).toEqual({
      movieIds: [],
      served: expect.objectContaining({
        emptyReason: 'every movie that passes the filter is rated or dismissed',
      }),
    });
    expect((await listOf(bob.token, { on: withoutModel, filter })).movieIds).toEqual(all);
  });

  it('are paged, latest first, for their owner alone', async () => {
    const { token, userId } = await enter();
    for (const movieId of [4, 9, 7]) {
      await api.query(ADD, { movieId }, token);
      await api.query(DISMISS, { movieId }, token);
    }
    // Times as if they had been marked apart.
    for (const [movieId, second] of [
      [4, 1],
      [9, 3],
      [7, 2],
    ])
      for (const [table, time] of [
        ['watchlist_movie', 'addedAtSeconds'],
        ['dismissed_movie', 'dismissedAtSeconds'],
      ])
        await database().dataSource.query(
          `UPDATE ${table} SET ${time} = ? WHERE userId = ? AND movieId = ?`,
          [second, userId, movieId],
        );
    for (const field of ['watchlist', 'dismissedMovies']) {
      const page = (after: string | null) =>
        api.query<{
          viewer: Record<string, { totalCount: number; nodes: object[]; pageInfo: { endCursor: string } }>;
        }>(
          `query ($after: String) { viewer { ${field}(first: 2, after: $after) { totalCount nodes { movieId title } pageInfo { hasNextPage endCursor } } } }`,
          { after },
          token,
        );
      const first = (await page(null)).viewer[field];
      expect(first).toMatchObject({
        totalCount: 3,
        nodes: [{ movieId: 9 }, { movieId: 7 }],
        pageInfo: { hasNextPage: true },
      });
      expect((await page(first?.pageInfo.endCursor ?? null)).viewer[field]).toMatchObject({
        nodes: [{ movieId: 4 }],
        pageInfo: { hasNextPage: false },
      });
      const asked = `{ user(userId: ${userId}) { ${field} { totalCount } } }`;
      const nothing = { user: { [field]: null } };
      expect(await api.query(asked)).toEqual(nothing);
      expect(await api.query(asked, {}, (await enter()).token)).toEqual(nothing);
      const { errors } = await api.run(`{ viewer { ${field}(first: 500) { totalCount } } }`, {}, token);
      expect(errors[0]).toMatch(/BAD_USER_INPUT: first must be between 1 and 100/);
    }
    const movies = `{ movies(first: 3, orderBy: TITLE_ASC) { nodes { isDismissed isOnWatchlist } } }`;
    const { statements } = await api.run(movies, {}, token);
    expect(statements.filter((sql) => /dismissed_movie|watchlist_movie/.test(sql))).toHaveLength(2);
    expect(await api.query('{ movie(movieId: 4) { isDismissed isOnWatchlist } }')).toEqual({
      movie: { isDismissed: null, isOnWatchlist: null },
    });
  });

  it('a watchlist loses what is rated, in every way, and takes it again', async () => {
    const { token } = await enter();
    const watchlist = async () => {
      const { viewer } = await api.query<{ viewer: { watchlist: { nodes: { movieId: number }[] } } }>(
        '{ viewer { watchlist { nodes { movieId } } } }',
        {},
        token,
      );
      return viewer.watchlist.nodes.map(({ movieId }) => movieId).sort((a, b) => a - b);
    };
    for (const movieId of [1, 2, 3, 4, 5, 5]) await api.query(ADD, { movieId }, token);
    await api.query(
      'mutation { rateMovie(input: { movieId: 1, rating: 4 }) { rating { rating } } }',
      {},
      token,
    );
    await rate(token, [2]);
    await api.query(
      'mutation { importMyRatings(importId: "a-watchlist", rows: [{ movieId: 3, rating: 2 }]) { storedCount } }',
      {},
      token,
    );
    expect(await watchlist()).toEqual([4, 5]);
    await api.query('mutation { unrateMovie(input: { movieId: 1 }) { movie { movieId } } }', {}, token);
    expect(await watchlist()).toEqual([4, 5]);
    await api.query(ADD, { movieId: 2 }, token);
    for (const movieId of [4, 4]) await api.query(REMOVE, { movieId }, token);
    expect(await watchlist()).toEqual([2, 5]);
  });

  it('many ratings are stored at once: again they change nothing, and one that is wrong stores none', async () => {
    const { token } = await enter();
    const given = [1, 2, 3, 4].map((movieId) => ({ movieId, rating: movieId }));
    const many = (ratings: object[]) => api.run<{ rateMovies: object }>(RATE_MOVIES, { ratings }, token);
    const first = await many([...given, { movieId: 9_999, rating: 5 }]);
    expect(first.data.rateMovies).toMatchObject({
      ratings: given.map(({ movieId, rating }) => ({ rating, movie: { movieId } })),
      unknownMovieIds: [9_999],
      user: { ratingCount: 4 },
    });
    // So that a second write would tell itself by another time.
    await database().dataSource.query(
      'UPDATE rating SET ratedAtSeconds = ratedAtSeconds - 60 WHERE userId >= 1000000000',
    );
    const again = await many(given);
    const aMinuteAgo = (await many(given.slice(0, 1))).data;
    expect(again.data.rateMovies).toMatchObject({ user: { ratingCount: 4 } });
    expect(aMinuteAgo.rateMovies).toMatchObject({ ratings: [{ movie: { movieId: 1 } }] });
    const times = await database().dataSource.query<{ late: number | string }[]>(
      'SELECT COUNT(*) AS late FROM rating WHERE userId >= 1000000000 AND ratedAtSeconds > ?',
      [Math.floor(Date.now() / 1000) - 30],
    );
    expect(Number(times[0]?.late)).toBe(0);
    const refusals: [object[], RegExp][] = [
      [
        [
          { movieId: 5, rating: 4 },
          { movieId: 6, rating: 7 },
        ],
        /a rating must be 0\.5 to 5 in half steps; that of movie 6 is 7/,
      ],
      [
        [
          { movieId: 5, rating: 4 },
          { movieId: 5, rating: 3 },
        ],
        /movie 5 is rated twice/,
      ],
      [
        Array.from({ length: 501 }, (_, place) => ({ movieId: place, rating: 3 })),
        /ratings may have 500 entries; it has 501/,
      ],
    ];
    for (const [ratings, reason] of refusals) {
      const { errors } = await many(ratings);
      expect(errors[0]).toMatch(/^BAD_USER_INPUT/);
      expect(errors[0]).toMatch(reason);
    }
    expect(await api.query('{ movie(movieId: 5) { viewerRating } }', {}, token)).toEqual({
      movie: { viewerRating: null },
    });
    expect((await many([])).data.rateMovies).toMatchObject({ ratings: [], user: { ratingCount: 4 } });
    const recounted = await recomputeAggregates(database(), false);
    expect(recounted.filter(({ table, numDifferent }) => table !== 'movie' && numDifferent > 0)).toEqual([]);
    const { movies } = api.deps.catalogue.current();
    for (let place = 0; place < 6; place++) {
      const { movieId, ratingCount } = movies.movie(place);
      const [sums] = await database().dataSource.query<{ number: number }[]>(
        'SELECT COUNT(*) AS number FROM rating WHERE movieId = ?',
        [movieId],
      );
      expect([movieId, ratingCount]).toEqual([movieId, Number(sums?.number)]);
    }
  });

  it('need a sign-in and a movie that exists', async () => {
    const { token } = await enter();
    for (const mutation of [DISMISS, RESTORE, ADD, REMOVE]) {
      expect((await api.run(mutation, { movieId: 1 })).errors[0]).toMatch(/^UNAUTHENTICATED: sign in first/);
      expect((await api.run(mutation, { movieId: 9_999 }, token)).errors[0]).toMatch(
        /^NOT_FOUND: movie 9999 does not exist/,
      );
    }
    expect((await api.run(RATE_MOVIES, { ratings: [] })).errors[0]).toMatch(/^UNAUTHENTICATED/);
  });

  it('can be written for several movies at once, unknown ones passed over, and raise the version of the lists', async () => {
    const { userId } = await enter();
    const version = async () =>
      (
        await database().dataSource.query<{ ratingsVersion: number }[]>(
          'SELECT ratingsVersion FROM user WHERE userId = ?',
          [userId],
        )
      )[0]?.ratingsVersion;
    const before = (await version()) ?? 0;
    const change = (work: Parameters<ReturnType<typeof database>['transaction']>[0]) =>
      database().transaction(work);
    expect(await change((manager) => dismissMovies(manager, userId, [3, 9_999, 2, 3], 7))).toEqual([2, 3]);
    expect(await change((manager) => dismissMovies(manager, userId, [3, 4], 9))).toEqual([4]);
    expect(await change((manager) => dismissMovies(manager, userId, [3], 9))).toEqual([]);
    expect(await version()).toBe(before + 2);
    expect(await change((manager) => restoreMovies(manager, userId, [4, 5]))).toEqual([4]);
    expect(await change((manager) => restoreMovies(manager, userId, [4]))).toEqual([]);
    expect(await version()).toBe(before + 3);
    expect(
      await database().dataSource.query(
        'SELECT movieId, dismissedAtSeconds FROM dismissed_movie WHERE userId = ? ORDER BY movieId',
        [userId],
      ),
    ).toEqual([
      { movieId: 2, dismissedAtSeconds: 7 },
      { movieId: 3, dismissedAtSeconds: 7 },
    ]);
  });
});
