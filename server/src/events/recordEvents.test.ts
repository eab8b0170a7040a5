import { beforeAll, expect, it } from '@jest/globals';
import { recomputeAggregates, type StoredScope } from '@pocketrocket/schema/database';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { makeApp, type TestApp } from '../test/apps.ts';
import { TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const RECORD =
  'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount duplicateCount refused { eventId reason } } }';
const USER = `query ($id: String!) { user(externalId: $id) {
  externalId ratingCount averageRating ratings(first: 100) { nodes { rating ratedAt movie { movieId } } }
  recommendations(first: 100) { nodes { movie { movieId } } served { ranker } } genreProfile { ratingCount genre { name } }
} }`;

interface Recorded {
  storedCount: number;
  duplicateCount: number;
  refused: { eventId: string; reason: string }[];
}

interface AskedUser {
  externalId: string;
  ratingCount: number;
  averageRating: number | null;
  ratings: { nodes: { rating: number; ratedAt: string; movie: { movieId: number } }[] };
  recommendations: { nodes: { movie: { movieId: number } }[]; served: { ranker: string } };
  genreProfile: { ratingCount: number; genre: { name: string } }[];
}

const ALL: StoredScope[] = ['read', 'recommend', 'write:events'];

describeOnEveryDatabase('events of apps', (database) => {
  let api: TestApi;
  let app: TestApp;
  let key: string;
  let numEvents = 0;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    app = await makeApp(api.deps);
    key = await app.key(...ALL);
  });

  const event = (userExternalId: string, kind: string, movieId: number, more: object = {}) => ({
    eventId: `event-${numEvents++}`,
    userExternalId,
    kind,
    movieId,
    ...more,
  });
  const record = async (events: object[], token = key) =>
    (await api.query<{ recordEvents: Recorded }>(RECORD, { events }, token)).recordEvents;
  const ask = async (id: string, token = key) =>
    (await api.query<{ user: AskedUser | null }>(USER, { id }, token)).user;
  const mustAsk = async (id: string) => {
    const user = await ask(id);
    if (!user) throw new Error(`${id} is there`);
    return user;
  };
  const listed = (user: AskedUser) => user.recommendations.nodes.map(({ movie }) => movie.movieId);
  const rows = async (sql: string) => database().dataSource.query<Record<string, unknown>[]>(sql);

  it('change the next list of their user at once, and are read as ratings', async () => {
    expect(await ask('ann')).toBeNull();
    const at = '2026-01-02T03:04:05.000Z';
    expect(
      await record([
        event('ann', 'RATING', 1, { value: 4.5, occurredAt: at }),
        event('ann', 'WATCH', 2, { value: 0.95 }),
        event('ann', 'LIKE', 3),
        event('ann', 'CLICK', 4),
        event('ann', 'IMPRESSION', 5),
      ]),
    ).toEqual({ storedCount: 5, duplicateCount: 0, refused: [] });
    const ann = await mustAsk('ann');
    expect(ann).toMatchObject({ externalId: 'ann', ratingCount: 3 });
    expect(ann.averageRating).toBeCloseTo((4.5 + 4.5 + 5) / 3);
    expect(ann.ratings.nodes).toContainEqual({ rating: 4.5, ratedAt: at, movie: { movieId: 1 } });
    expect(ann.genreProfile.reduce((sum, { ratingCount }) => sum + ratingCount, 0)).toBe(
      [1, 2, 3].reduce((sum, movieId) => sum + (fixture.movies[movieId - 1]?.genres.length ?? 0), 0),
    );
    expect(ann.recommendations.served.ranker).toBe('NEURAL_CF');
    for (const movieId of [1, 2, 3]) expect(listed(ann)).not.toContain(movieId);

    const [next = 0] = listed(ann);
    await record([event('ann', 'WATCH', next, { value: 1 })]);
    expect(listed(await mustAsk('ann'))).not.toContain(next);
  });

  it('leave a dismissed movie out until it is restored, however late they come', async () => {
    await record([event('dan', 'LIKE', 1)]);
    const [movieId = 0] = listed(await mustAsk('dan'));
    const dismiss = event('dan', 'DISMISS', movieId, { occurredAt: '2026-02-01T00:00:00Z' });
    await record([dismiss]);
    const dan = await mustAsk('dan');
    expect(listed(dan)).not.toContain(movieId);
    expect(dan.ratingCount).toBe(1);
    await record([event('dan', 'RESTORE', movieId, { occurredAt: '2026-01-01T00:00:00Z' })]);
    expect(listed(await mustAsk('dan'))).not.toContain(movieId);
    await record([event('dan', 'RESTORE', movieId)]);
    expect(listed(await mustAsk('dan'))).toContain(movieId);
    expect(await record([dismiss])).toMatchObject({ storedCount: 0, duplicateCount: 1 });
    expect(listed(await mustAsk('dan'))).toContain(movieId);
  });

  it('of one time count in the order in which they arrive, also in calls of the same second', async () => {
    const occurredAt = '2026-03-01T00:00:00Z';
    const send = async (kind: string, more: object = {}) =>
      record([event('sam', kind, 7, { occurredAt, ...more })]);
    const rated = async () => (await mustAsk('sam')).averageRating;
    await send('LIKE');
    await send('DISLIKE');
    expect(await rated()).toBe(1);
    await send('LIKE');
    expect(await rated()).toBe(5);
    for (const value of [0.5, 4, 2]) await send('RATING', { value });
    expect(await rated()).toBe(2);
    const [movieId = 0] = listed(await mustAsk('sam'));
    for (const kind of ['DISMISS', 'RESTORE']) await record([event('sam', kind, movieId, { occurredAt })]);
    expect(listed(await mustAsk('sam'))).toContain(movieId);
    await record([event('sam', 'DISMISS', movieId, { occurredAt })]);
    expect(listed(await mustAsk('sam'))).not.toContain(movieId);
  });

  it('are stored once: within a call, sent again, and sent by many at once', async () => {
    const one = event('eve', 'RATING', 1, { value: 2 });
    expect(await record([one, { ...one, value: 5 }])).toEqual({
      storedCount: 1,
      duplicateCount: 1,
      refused: [],
    });
    expect(await record([{ ...one, value: 4 }])).toMatchObject({ storedCount: 0, duplicateCount: 1 });
    expect((await mustAsk('eve')).averageRating).toBe(2);

    const batch = Array.from({ length: 60 }, (_, place) =>
      event(`crowd-${place % 7}`, 'RATING', 1 + (place % 20), { value: 3 }),
    );
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, turn) => record([...batch.slice(turn), ...batch.slice(0, turn)])),
    );
    expect(answers.reduce((sum, { storedCount }) => sum + storedCount, 0)).toBe(60);
    expect(answers.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0)).toBe(180);
    const users = await rows(
      "SELECT externalId, COUNT(*) AS number FROM app_user WHERE externalId LIKE 'crowd-%' GROUP BY externalId",
    );
    expect(users.map(({ number }) => Number(number))).toEqual(Array(7).fill(1));
  });

  it('that cannot be used are named one by one, and the others stored', async () => {
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const good = event('fay', 'LIKE', 1);
    const bad: [object: object, reason: RegExp][] = [
      [event('fay', 'LIKE', 999_999), /movie 999999 does not exist/],
      [event('fay', 'LIKE', -1), /movie -1 does not exist/],
      [{ ...event('fay', 'LIKE', 1), externalId: '1' }, /exactly one of movieId and externalId/],
      [{ ...event('fay', 'LIKE', 1), movieId: null }, /exactly one of movieId and externalId/],
      [
        { ...event('fay', 'LIKE', 1), movieId: null, externalId: 'nobody' },
        /no movie has the externalId nobody/,
      ],
      [event('fay', 'RATING', 1), /RATING must be 0\.5 to 5/],
      [event('fay', 'RATING', 1, { value: 5.5 }), /RATING must be 0\.5 to 5/],
      [event('fay', 'RATING', 1, { value: 4.3 }), /RATING must be 0\.5 to 5/],
      [event('fay', 'WATCH', 1, { value: 1.1 }), /WATCH must be the share watched/],
      [event('fay', 'WATCH', 1), /WATCH must be the share watched/],
      [event('fay', 'LIKE', 1, { value: 1 }), /only RATING and WATCH/],
      [event('fay', 'LIKE', 1, { occurredAt: future }), /in the future/],
      [event('fay', 'LIKE', 1, { occurredAt: '1969-01-01T00:00:00Z' }), /before 1970/],
      [event('', 'LIKE', 1), /userExternalId must have 1 to 200 characters/],
      [event(' fay', 'LIKE', 1), /must not begin or end with a space/],
      [event('f\u0000ay', 'LIKE', 1), /control characters/],
      [{ ...event('fay', 'LIKE', 1), eventId: 'x'.repeat(101) }, /eventId must have 1 to 100 characters/],
    ];
    const { storedCount, refused } = await record([...bad.map(([one]) => one), good]);
    expect(storedCount).toBe(1);
    const reasons = new Map(refused.map(({ eventId, reason }) => [eventId, reason]));
    for (const [one, reason] of bad)
      expect(reasons.get((one as { eventId: string }).eventId)).toMatch(reason);
    expect(refused).toHaveLength(bad.length);
    expect((await mustAsk('fay')).ratingCount).toBe(1);
  });

  it('name movies by the ids that the app gave them, else by those of the data set', async () => {
    await database().dataSource.query(
      'INSERT INTO movie_external_id (namespace, externalId, movieId) VALUES (?, ?, ?), (?, ?, ?)',
      [`app:${app.appId}`, 'film-7', 7, `app:${app.appId}`, '8', 9],
    );
    const byId = (externalId: string) => ({ ...event('gil', 'LIKE', 1), movieId: null, externalId });
    await record([byId('film-7'), byId('8'), byId('10')]);
    const rated = (await mustAsk('gil')).ratings.nodes.map(({ movie }) => movie.movieId);
    expect(rated.toSorted((a, b) => a - b)).toEqual([7, 9, 10]);
    const other = await (await makeApp(api.deps)).key(...ALL);
    expect((await record([byId('film-7')], other)).refused).toHaveLength(1);
  });

  it('come 500 at a time, and no more', async () => {
    const many = Array.from({ length: 501 }, (_, place) =>
      event(`many-${place % 250}`, 'WATCH', 1 + (place % 30), { value: 0.7 }),
    );
    const { errors } = await api.run(RECORD, { events: many }, key);
    expect(errors).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT: events may have 500 entries; it has 501/),
    ]);
    const answer = await api.run<{ recordEvents: Recorded }>(RECORD, { events: many.slice(1) }, key);
    expect(answer.data.recordEvents).toEqual({ storedCount: 500, duplicateCount: 0, refused: [] });
    // A few statements for all of them.
    expect(answer.statements.length).toBeLessThan(30);
    expect(await record([])).toEqual({ storedCount: 0, duplicateCount: 0, refused: [] });
  });

  it('of an app that shares its users count for everybody, and are taken out again with them', async () => {
    const sharing = await makeApp(api.deps, { sharesUsers: true });
    const token = await sharing.key(...ALL);
    const counts = async () => rows('SELECT movieId, ratingCount, halfStarSum FROM movie ORDER BY movieId');
    const before = await counts();
    await record(
      [
        event('sue', 'LIKE', 3),
        event('sue', 'WATCH', 4, { value: 0.5 }),
        event('tom', 'RATING', 3, { value: 1 }),
      ],
      token,
    );
    await record([event('sue', 'RATING', 3, { value: 4 })], token);
    expect(await ask('sue', token)).toMatchObject({ ratingCount: 2, averageRating: 3.5 });
    expect(await counts()).not.toEqual(before);
    const recounted = await recomputeAggregates(database(), false);
    // The fixture's damped means are rounded otherwise.
    expect(recounted.filter(({ table, numDifferent }) => table !== 'movie' && numDifferent > 0)).toEqual([]);
    const [{ userId }] = (await rows("SELECT userId FROM app_user WHERE externalId = 'sue'")) as [
      { userId: number },
    ];
    expect(await api.query(`{ user(userId: ${userId}) { name ratingCount sharesRatings } }`)).toEqual({
      user: { name: `User ${userId}`, ratingCount: 2, sharesRatings: true },
    });
    expect(await rows('SELECT userId FROM app_rating WHERE userId = ' + String(userId))).toEqual([]);
    await api.query('mutation { deleteUsers(externalIds: ["sue", "tom"]) { deletedCount } }', {}, token);
    expect(await counts()).toEqual(before);
    expect(await api.query(`{ user(userId: ${userId}) { name } }`)).toEqual({ user: null });
  });
});
