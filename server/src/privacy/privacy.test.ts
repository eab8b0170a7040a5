import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { candidateKernel } from '@pocketrocket/engine';
import { RedisLink } from '@pocketrocket/model/redis';
import {
  hideOverlayMovies,
  histogramCounts,
  MovieEntity,
  recomputeAggregates,
  TABLE_NAMES,
  upsertOverlayMovies,
  weightedRating,
} from '@pocketrocket/schema/database';
import { HAS_REDIS_SERVER, PrivateRedis } from '@pocketrocket/testing';
import { createAuth } from '../accounts/auth.ts';
import { createLink } from '../accounts/links.ts';
import { digest } from '../accounts/digest.ts';
import { giveRole } from '../accounts/roles.ts';
import { createForgetting, createRecommendingDeps, recommendToUser } from '../lists/recommendations.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { Turns } from '../timing/turns.ts';
import { silentLogger, TEST_SECRET, TestApi } from '../test/api.ts';
import { createSqlite, describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, UNRATED_MOVIE } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { Erasures } from './erasures.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const SIGN_UP =
  'mutation ($name: String!, $email: String!) { signUp(input: { name: $name, email: $email, password: "correct horse" }) { token user { userId } } }';
const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { token } }';
const RATE =
  'mutation ($movieId: Int!, $rating: Float!) { rateMovie(input: { movieId: $movieId, rating: $rating }) { movie { ratingCount } } }';
const IMPORT =
  'mutation ($movieId: Int!) { importMyRatings(importId: "from-elsewhere", rows: [{ movieId: $movieId, rating: 5 }]) { storedCount } }';
const MARK =
  'mutation ($movieId: Int!) { dismissMovie(movieId: $movieId) { movie { id } } addToWatchlist(movieId: $movieId) { movie { id } } }';
const DELETE = 'mutation ($password: String!) { deleteMyAccount(password: $password) }';
const EXPORT =
  'query ($format: ExportFormat!) { exportMyData(format: $format) { fileName mediaType content } }';
const RATED = [3, 7, 9, UNRATED_MOVIE];

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const enterAt = async (api: TestApi, name: string) => {
  const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP, {
    name,
    email: `${name}@example.org`,
  });
  return { token: signUp.token, userId: signUp.user.userId, email: `${name}@example.org` };
};

describeOnEveryDatabase('what is stored of a user', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  const enter = (name: string) => enterAt(api, name);
  const rateAll = async (token: string) => {
    for (const [place, movieId] of RATED.entries())
      await api.query(RATE, { movieId, rating: 1 + place }, token);
  };
  const movies = async () =>
    (
      await database()
        .dataSource.getRepository(MovieEntity)
        .find({ order: { movieId: 'ASC' } })
    ).filter(({ movieId }) => RATED.includes(movieId));
  const counts = async () =>
    (await movies()).map(({ ratingCount, halfStarSum, histogram }) => ({
      ratingCount,
      halfStarSum,
      histogram: histogramCounts(histogram),
    }));
  const expose = (userId: number) =>
    database().dataSource.query(
      `INSERT INTO experiment_exposure (experiment, userId, day, arm, modelVersion, shownAtSeconds)
       VALUES ('diverse', ?, 11574, 'more', 7, 1000000000)`,
      [userId],
    );
  /** The tables with a row that bears a value in any of its columns. */
  const tablesWith = async (value: number | string) => {
    const found = [];
    for (const table of TABLE_NAMES) {
      const rows = await database().dataSource.query<object[]>(`SELECT * FROM ${table}`);
      if (rows.some((row) => Object.values(row).includes(value))) found.push(table);
    }
    return found;
  };

  const isFile = () => database().engine !== 'mysql';
  /** True if the file of an embedded database has a text anywhere, in pages that are free too. */
  const fileHolds = async (text: string) => {
    if (!isFile()) return false;
    await database().dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
    return (await readFile(String(database().dataSource.options.database))).includes(text);
  };

  it('can be exported: everything as JSON, ratings and movies as MovieLens has them', async () => {
    const { token, userId } = await enter('ann');
    await rateAll(token);
    await api.query(IMPORT, { movieId: 3 }, token);
    await api.query(RATE, { movieId: 3, rating: 1 }, token);
    await api.query(MARK, { movieId: 5 }, token);
    await expose(userId);
    const read = async (format: string) =>
      (await api.query<{ exportMyData: { content: string; fileName: string } }>(EXPORT, { format }, token))
        .exportMyData;
    const json = JSON.parse((await read('JSON')).content) as Record<string, unknown>;
    expect(json).toMatchObject({
      userId,
      name: 'ann',
      email: 'ann@example.org',
      emailConfirmedAt: null,
      createdAt: expect.stringMatching(/^20\d\d-/),
      role: 'user',
      sharesRatings: false,
      sessions: [
        { startedAt: expect.any(String), refreshedAt: expect.any(String), expiresAt: expect.any(String) },
      ],
      addressesSignedInFrom: [{ lastAt: expect.any(String) }],
      roleChanges: [],
      dismissedMovies: [
        { movieId: 5, title: fixture.movies[4]?.title, at: expect.stringMatching(/^20\d\d-/) },
      ],
      watchlist: [{ movieId: 5, title: fixture.movies[4]?.title, at: expect.stringMatching(/^20\d\d-/) }],
      experiments: [
        { experiment: 'diverse', arm: 'more', modelVersion: 7, shownAt: '2001-09-09T01:46:40.000Z' },
      ],
      imports: [
        {
          importId: 'from-elsewhere',
          startedAt: expect.stringMatching(/^20\d\d-/),
          undoneAt: null,
          ratings: [
            {
              movieId: 3,
              rating: 5,
              ratedAt: null,
              ratingBefore: 1,
              ratedBeforeAt: expect.stringMatching(/^20\d\d-/),
            },
          ],
        },
      ],
    });
    expect(json['ratings']).toEqual(
      RATED.map((movieId, place) => ({
        movieId,
        title: fixture.movies[movieId - 1]?.title,
        releaseYear: fixture.movies[movieId - 1]?.releaseYear,
        rating: 1 + place,
        ratedAt: expect.stringMatching(/^20\d\d-/),
      })),
    );
    const ratings = await read('RATINGS_CSV');
    expect(ratings.fileName).toBe('ratings.csv');
    expect(ratings.content.split('\n').slice(0, 2)).toEqual([
      'userId,movieId,rating,timestamp',
      expect.stringMatching(new RegExp(`^${userId},3,1\\.0,\\d{10}$`)),
    ]);
    const lines = (await read('MOVIES_CSV')).content.split('\n');
    const { title, releaseYear, genres } = fixture.movies[2] ?? { title: '', releaseYear: 0, genres: [] };
    expect(lines.slice(0, 2)).toEqual([
      'movieId,title,genres',
      `3,${title} (${releaseYear}),${genres.join('|')}`,
    ]);
    expect(lines).toHaveLength(RATED.length + 2);
  });

  it('is gone from every table when the account is deleted, and the aggregates are as without it', async () => {
    const before = await counts();
    const bob = await enter('bob');
    await rateAll(bob.token);
    await api.query(IMPORT, { movieId: RATED[0] }, bob.token);
    await api.query(MARK, { movieId: 5 }, bob.token);
    await api.query('mutation { createTasteLink { token } }', {}, bob.token);
    await expose(bob.userId);
    await createLink(database(), bob, 'reset', 'https://movies.example');
    await giveRole(database(), silentLogger, { email: bob.email, role: 'admin', changedBy: 'test' });
    expect(await api.query('{ roleChanges { role changedBy user { name } } }', {}, bob.token)).toEqual({
      roleChanges: [{ role: 'ADMIN', changedBy: 'test', user: { name: 'bob' } }],
    });
    await database().dataSource.query(
      "INSERT INTO user_external_id (namespace, externalId, userId) VALUES ('app', 'bobs-id', ?)",
      [bob.userId],
    );
    await database().transaction(async (manager) => {
      const film = { title: 'Deleted film', alternativeTitles: [], releaseYear: 2001, genres: [] };
      const described = {
        ...film,
        externalId: 'x',
        posterUrl: null,
        overview: null,
        imdbId: null,
        tmdbId: null,
      };
      const written = await upsertOverlayMovies(manager, 'app:any', [described], 1);
      const [movieId = 0] = written.status === 'written' ? written.movieIds : [];
      await hideOverlayMovies(manager, 'app:any', ['x'], 2);
      await manager.query('INSERT INTO hidden_rating (userId, movieId, halfStars) VALUES (?, ?, 9)', [
        bob.userId,
        movieId,
      ]);
    });
    const { exportMyData } = await api.query<{ exportMyData: { content: string } }>(
      EXPORT,
      { format: 'JSON' },
      bob.token,
    );
    expect(JSON.parse(exportMyData.content)).toMatchObject({
      externalIds: [{ namespace: 'app', externalId: 'bobs-id' }],
      tasteLinks: [
        { linkId: expect.any(String), createdAt: expect.any(String), expiresAt: expect.any(String) },
      ],
      ratings: expect.arrayContaining([expect.objectContaining({ title: 'Deleted film', rating: 4.5 })]),
    });
    expect((await tablesWith(bob.userId)).sort()).toEqual([
      'account',
      'account_link',
      'dismissed_movie',
      'experiment_exposure',
      'hidden_rating',
      'imported_rating',
      'known_address',
      'rating',
      'rating_import',
      'refresh_token',
      'role_change',
      'taste_link',
      'user',
      'user_external_id',
      'user_genre',
      'watchlist_movie',
    ]);
    expect(await fileHolds(bob.email)).toBe(isFile());
    const catalogued = () => RATED.map((movieId) => api.deps.catalogue.current().movie(movieId)?.ratingCount);
    const whileThere = catalogued();

    expect((await api.run(DELETE, { password: 'wrong horse' }, bob.token)).errors[0]).toMatch(
      /^BAD_USER_INPUT: the password is wrong/,
    );
    expect((await api.run(DELETE, { password: 'correct horse' }, bob.token)).errors[0]).toMatch(
      /^BAD_USER_INPUT: this account is an administrator/,
    );
    expect(await counts()).not.toEqual(before);
    await giveRole(database(), silentLogger, { email: bob.email, role: 'user', changedBy: 'test' });
    expect(await api.query(DELETE, { password: 'correct horse' }, bob.token)).toEqual({
      deleteMyAccount: true,
    });

    expect(await tablesWith(bob.userId)).toEqual(['erased_account']);
    for (const value of [bob.email, 'bob', 'bobs-id']) expect(await tablesWith(value)).toEqual([]);
    expect(await fileHolds(bob.email)).toBe(false);
    expect(await counts()).toEqual(before);
    const [{ meanRating }] = await database().dataSource.query<[{ meanRating: number }]>(
      'SELECT meanRating FROM dataset',
    );
    for (const movie of await movies())
      expect(movie.weightedRating).toBeCloseTo(
        weightedRating(movie.ratingCount, movie.halfStarSum, meanRating),
        9,
      );
    const recounted = await recomputeAggregates(database(), false);
    expect(recounted.filter(({ table, numDifferent }) => table !== 'movie' && numDifferent > 0)).toEqual([]);
    expect(catalogued()).toEqual(whileThere.map((count) => (count ?? 0) - 1));

    expect((await api.run('{ viewer { name } }', {}, bob.token)).errors[0]).toMatch(/^UNAUTHENTICATED/);
    expect(await api.query(`{ user(userId: ${bob.userId}) { name } }`)).toEqual({ user: null });
    const signIn = await api.run(SIGN_IN, { email: bob.email, password: 'correct horse' });
    expect(signIn.errors[0]).toMatch(/^BAD_USER_INPUT: the email address or the password is wrong/);
  });

  it('leaves the number to nobody else, and the email address to whoever wants it', async () => {
    const cid = await enter('cid');
    await api.query(DELETE, { password: 'correct horse' }, cid.token);
    const next = await enter('cid');
    expect(next.userId).toBe(cid.userId + 1);
    expect(await api.query('{ viewer { ratingCount } }', {}, next.token)).toEqual({
      viewer: { ratingCount: 0 },
    });
  });

  it('is forgotten by the other servers too', async () => {
    const dan = await enter('dan');
    const other = new Erasures(database(), silentLogger);
    const forgotten: number[] = [];
    other.onErase((userId) => forgotten.push(userId));
    await other.poll();
    expect(forgotten).not.toContain(dan.userId);
    await api.query(DELETE, { password: 'correct horse' }, dan.token);
    await other.poll();
    expect(forgotten).toContain(dan.userId);
  });

  it('stays whole when deleting meets ratings of the same movies', async () => {
    const users = await Promise.all(['eva', 'fay', 'gus'].map(enter));
    for (const { token } of users) await rateAll(token);
    const [eva, fay, gus] = users;
    await Promise.all([
      api.query(DELETE, { password: 'correct horse' }, eva?.token),
      api.query(DELETE, { password: 'correct horse' }, fay?.token),
      ...RATED.map((movieId) => api.query(RATE, { movieId, rating: 5 }, gus?.token)),
    ]);
    const recounted = await recomputeAggregates(database(), false);
    expect(recounted.filter(({ table, numDifferent }) => table !== 'movie' && numDifferent > 0)).toEqual([]);
    for (const { movieId, ratingCount, halfStarSum } of await movies()) {
      const [sums] = await database().dataSource.query<{ number: number; total: number }[]>(
        'SELECT COUNT(*) AS number, SUM(halfStars) AS total FROM rating WHERE movieId = ?',
        [movieId],
      );
      expect([ratingCount, halfStarSum]).toEqual([Number(sums?.number), Number(sums?.total)]);
    }
  });
});

describe('what is cached of a user', () => {
  it('is forgotten: profiles, feature values and pinned lists', async () => {
    const opened = await createSqlite('node-sqlite');
    closers.push(() => opened.drop());
    const { database } = opened;
    await fillDatabase(database, fixture);
    const api = await TestApi.open(database, model);
    const recommending = createRecommendingDeps(api.deps);
    const { scope } = api.context();
    const ask = async (userId: number) => {
      const user = await scope.users.load(userId);
      if (!user) throw new Error('there is one');
      return recommendToUser(recommending, scope, {
        user,
        first: 5,
        after: null,
        filter: null,
        diversity: 0,
        asker: { client: 'test', deadline: NO_DEADLINE, turns: new Turns() },
      });
    };
    // The second time its feature values are cached.
    for (const userId of [1, 1, 2, 2]) await ask(userId);
    expect(recommending.pinned.userIds().sort()).toEqual([1, 2]);
    const serving = modelOfCatalogue(api.deps.catalogue.current(), api.deps.models.state()).model;
    if (!serving) throw new Error('there is one');
    let reads = 0;
    const profileOf = async (userId: number) => {
      const state = (await scope.users.load(userId))?.ratingsState ?? '';
      return recommending.profiles.of(serving, userId, state, () => {
        reads++;
        return scope.historyOfUser.load(userId).then((rated) => ({ rated, dismissed: [] }));
      });
    };
    const { profile } = await profileOf(1);
    if (!profile) throw new Error('there is one');
    expect(reads).toBe(0);
    const kernel = candidateKernel(serving.recommender);
    if (kernel) expect(kernel.caches(profile.user)).toBe(true);

    const forget = createForgetting(recommending);
    forget(1);
    forget(3);
    await Promise.resolve();
    expect(recommending.pinned.userIds()).toEqual([2]);
    if (kernel) expect(kernel.caches(profile.user)).toBe(false);
    await profileOf(1);
    await profileOf(2);
    expect(reads).toBe(1);
  });
});

(HAS_REDIS_SERVER ? describe : describe.skip)('what is counted of a user in Redis', () => {
  it('is cleared, and nothing that is left can be told to be of the account', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const link = new RedisLink({ url: redis.url, name: 'test', logger: silentLogger });
    closers.push(() => link.close());
    expect(await link.connected()).toBe(true);
    const opened = await createSqlite('node-sqlite');
    closers.push(() => opened.drop());
    const { database } = opened;
    await fillDatabase(database, fixture);
    const auth = createAuth({
      database,
      secrets: [TEST_SECRET],
      signUps: { perAddress: 10, inAll: 10 },
      shared: { link, prefix: 'test' },
    });
    const api = await TestApi.open(database, model, { auth });
    const ann = await enterAt(api, 'ann');
    const [{ accountId }] = await database.dataSource.query<[{ accountId: string }]>(
      'SELECT accountId FROM account',
    );
    for (const address of ['127.0.0.1', '192.0.2.1'])
      await api.run(SIGN_IN, { email: ann.email, password: 'wrong horse' }, undefined, { address });
    const keys = async () => new Set((await link.command(['KEYS', '*'])) as string[]);
    const rules = ['attempts', 'failures', 'failures-of-network', 'wait', 'mails'];
    const isThere = async (key: string) => {
      const all = await keys();
      return rules.filter((rule) => all.has(`test:${digest(`${rule} ${key}`)}`));
    };
    expect(await isThere(accountId)).toEqual(['failures']);
    expect(await isThere(`${accountId} 127.0.0.1`)).toEqual(['attempts']);

    await api.query(DELETE, { password: 'correct horse' }, ann.token);
    expect(await isThere(accountId)).toEqual([]);
    for (const known of [ann.email, ann.userId, accountId])
      for (const address of ['', ' 127.0.0.1', ' 127.0.0.0/24'])
        expect(await isThere(`${known}${address}`)).toEqual([]);
    // Under the account's random id, which nothing holds any more, until its time is over.
    for (const key of await keys())
      expect(Number(await link.command(['TTL', key]))).toBeLessThanOrEqual(86_400);
  });
});
