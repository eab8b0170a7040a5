import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { readExperiments, type Experiment } from '@pocketrocket/runtime';
import { countExperiment, ExperimentExposureEntity, FIRST_APP_USER_ID } from '@pocketrocket/schema/database';
import { silentLogger, TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { Experiments } from './experiments.ts';
import { ExposureLog } from './exposureLog.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const NODES =
  'nodes { score movie { movieId } } pageInfo { endCursor } served { ranker experiment arm degraded }';
const LIST = `query ($userId: Int!, $after: String, $diversity: Float! = 0) {
  user(userId: $userId) { recommendations(first: 10, after: $after, diversity: $diversity) { ${NODES} } }
}`;
const DAY = 86_400;

interface Listed {
  nodes: { score: number; movie: { movieId: number } }[];
  pageInfo: { endCursor: string };
  served: { ranker: string; experiment: string | null; arm: string | null; degraded: boolean };
}

/** Everybody is in the arm. */
function experimentOf(arm: object, more: object = {}): Experiment[] {
  const arms = [
    { name: 'tried', share: 1, ...arm },
    { name: 'control', share: 0 },
  ];
  const read = readExperiments(JSON.stringify([{ name: 'trial', arms, ...more }]));
  if ('problem' in read) throw new Error(read.problem);
  return read.experiments;
}

describeOnEveryDatabase('experiments', (database) => {
  const logs: ExposureLog[] = [];
  let plain: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    plain = await TestApi.open(database(), model);
  });
  // What one has yet to store must not come into the next test.
  afterEach(async () => {
    for (const log of logs.splice(0)) await log.close();
  });

  const openWith = async (experiments: Experiment[]) => {
    const log = new ExposureLog(database(), silentLogger);
    logs.push(log);
    const api = await TestApi.open(database(), model, { experiments: new Experiments(experiments, log) });
    return { api, log };
  };
  const listOf = async (api: TestApi, more: object = {}, token?: string) =>
    (await api.query<{ user: { recommendations: Listed } }>(LIST, { userId: 1, ...more }, token)).user
      .recommendations;
  const exposures = () =>
    database()
      .dataSource.getRepository(ExperimentExposureEntity)
      .find({ order: { userId: 'ASC', day: 'ASC' } });
  const enter = async (email: string) =>
    (
      await plain.query<{ signUp: { token: string; user: { userId: number } } }>(
        'mutation ($email: String!) { signUp(input: { name: "tried", email: $email, password: "correct horse" }) { token user { userId } } }',
        { email },
      )
    ).signUp;

  it('without any, lists say so, and nothing is stored', async () => {
    expect((await listOf(plain)).served).toMatchObject({ experiment: null, arm: null });
    expect(await exposures()).toEqual([]);
  });

  it('lists are made as the arm says, and name it; the arm that changes nothing gives the same list', async () => {
    const before = await listOf(plain);
    const same = await openWith(experimentOf({}));
    expect(await listOf(same.api)).toMatchObject({
      nodes: before.nodes,
      served: { experiment: 'trial', arm: 'tried', ranker: 'NEURAL_CF' },
    });
    const diverse = await openWith(experimentOf({ diversity: 0.9 }));
    expect((await listOf(diverse.api)).nodes).toEqual((await listOf(plain, { diversity: 0.9 })).nodes);
    // A client's own counts.
    expect((await listOf(diverse.api, { diversity: 0.1 })).nodes).toEqual(
      (await listOf(plain, { diversity: 0.1 })).nodes,
    );
    const retrieval = await openWith(experimentOf({ ranker: 'retrieval' }));
    expect((await listOf(retrieval.api)).served).toMatchObject({ ranker: 'RETRIEVAL', degraded: false });
    const weights = Object.fromEntries(
      Object.keys(model.recommender.settings.rankingWeights).map((feature) => [feature, 0]),
    );
    const popular = await openWith(experimentOf({ featureWeights: { ...weights, neuralCF: 1 } }));
    expect((await listOf(popular.api)).nodes).not.toEqual(before.nodes);
    const disliking = await openWith(experimentOf({ dislikeWeight: 50 }));
    expect((await listOf(disliking.api, { userId: 3 })).nodes).not.toEqual(
      (await listOf(plain, { userId: 3 })).nodes,
    );
    // The model that all share is as it was.
    expect(await listOf(plain)).toMatchObject({ nodes: before.nodes });
  });

  it('later pages continue the list and its arm', async () => {
    const { api, log } = await openWith(experimentOf({ diversity: 0.5 }));
    const first = await listOf(api);
    const second = await listOf(api, { after: first.pageInfo.endCursor });
    expect(second.served).toEqual(first.served);
    expect(second.nodes.map(({ movie }) => movie.movieId)).not.toEqual(
      first.nodes.map(({ movie }) => movie.movieId),
    );
    log.forget(new Set([1]));
  });

  it('who was shown a list is stored once a day, an account by its own requests alone, nobody who was erased', async () => {
    await database().dataSource.query('DELETE FROM experiment_exposure');
    const { api, log } = await openWith(experimentOf({}));
    const [ann, bob] = [await enter('tried-ann@example.org'), await enter('tried-bob@example.org')];
    const shareAnn = 'mutation { updateAccount(input: { sharesRatings: true }) { user { name } } }';
    await api.query(shareAnn, {}, ann.token);
    const annId = { userId: ann.user.userId };
    await listOf(api, { userId: 1 });
    // Others look at what she shares.
    await listOf(api, annId);
    await listOf(api, annId, bob.token);
    await log.flush();
    expect((await exposures()).map(({ userId }) => userId)).toEqual([1]);
    for (let time = 0; time < 3; time++) await listOf(api, annId, ann.token);
    await log.flush();
    // Another server tells the same.
    const other = await openWith(experimentOf({}));
    await listOf(other.api, annId, ann.token);
    await other.log.flush();
    expect(await exposures()).toEqual([
      expect.objectContaining({ userId: 1 }),
      {
        experiment: 'trial',
        userId: ann.user.userId,
        arm: 'tried',
        day: Math.floor(Date.now() / 1000 / DAY),
        modelVersion: model.version,
        shownAtSeconds: expect.any(Number),
      },
    ]);
    const bobId = { userId: bob.user.userId };
    await api.query(`{ viewer { recommendations { ${NODES} } } }`, {}, bob.token);
    await plain.query('mutation { deleteMyAccount(password: "correct horse") }', {}, bob.token);
    await log.flush();
    expect((await exposures()).map(({ userId }) => userId)).not.toContain(bobId.userId);
  });

  it('users count once, from their first list, and those whose time is over by what they did', async () => {
    await database().dataSource.query('DELETE FROM experiment_exposure');
    const now = 2_000_000_000;
    const shown = (userId: number, arm: string, daysAgo: number) =>
      database()
        .dataSource.getRepository(ExperimentExposureEntity)
        .insert({
          experiment: 'trial',
          userId,
          day: Math.floor(now / DAY) - daysAgo,
          arm,
          modelVersion: 1,
          shownAtSeconds: now - daysAgo * DAY,
        });
    const rated = async (userId: number, halfStars: number, daysAgo: number) => {
      await database().dataSource.query('DELETE FROM rating WHERE userId = ? AND movieId = 1', [userId]);
      await database().dataSource.query(
        'INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (?, 1, ?, ?)',
        [userId, halfStars, now - daysAgo * DAY],
      );
    };
    const appUser = FIRST_APP_USER_ID + 5;
    for (const [userId, arm, days] of [
      [1, 'a', 20],
      [1, 'a', 19],
      [2, 'a', 20],
      [3, 'a', 20],
      [4, 'a', 3],
      [5, 'b', 20],
      [appUser, 'b', 20],
      [7, 'b', 20],
      [6, 'a', 20],
      [6, 'b', 19],
    ] as const)
      await shown(userId, arm, days);
    await rated(1, 8, 15);
    await rated(2, 5, 15);
    await rated(3, 8, 12);
    await rated(4, 8, 2);
    await rated(5, 8, 21);
    // Watched in an app that shares its users: no rating, and none of the three outcomes.
    await rated(7, 8, 15);
    for (const [userId, kind, value, daysAgo] of [
      [appUser, 'click', null, 18],
      [appUser, 'rating', 4, 18],
      [7, 'watch', 1, 15],
    ] as const)
      await database().dataSource.query(
        `INSERT INTO app_event (appId, eventId, userId, movieId, kind, value, occurredAtSeconds, receivedAtSeconds, place)
         VALUES ('app', ?, ?, 1, ?, ?, ?, 1, 0)`,
        [kind, userId, kind, value, now - daysAgo * DAY],
      );
    const count = (outcomes: ('rating' | 'like' | 'click')[]) =>
      countExperiment(database().dataSource, { name: 'trial', outcomes, withinDays: 7, nowSeconds: now });
    expect(await count(['rating'])).toEqual({
      arms: [
        { arm: 'a', users: 4, finished: 3, hits: 1 },
        { arm: 'b', users: 3, finished: 3, hits: 0 },
      ],
      numSwitched: 1,
      firstShownAtSeconds: now - 20 * DAY,
      numExposures: 10,
    });
    expect((await count(['rating', 'like', 'click'])).arms).toEqual([
      { arm: 'a', users: 4, finished: 3, hits: 1 },
      { arm: 'b', users: 3, finished: 3, hits: 1 },
    ]);
    expect(
      await countExperiment(database().dataSource, {
        name: 'none',
        outcomes: ['rating'],
        withinDays: 7,
        nowSeconds: now,
      }),
    ).toEqual({
      arms: [],
      numSwitched: 0,
      firstShownAtSeconds: null,
      numExposures: 0,
    });
  });

  it('an arm that weighs what no model has is refused', () => {
    const log = new ExposureLog(database(), silentLogger);
    expect(() => new Experiments(experimentOf({ featureWeights: { charm: 2 } }), log)).toThrow(
      /EXPERIMENTS: arm tried of trial weighs charm, which no model has; there are .*popularity/,
    );
  });
});
