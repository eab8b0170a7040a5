import { beforeAll, expect, it } from '@jest/globals';
import { inProcessRanker } from '@pocketrocket/model';
import { AppError } from '@pocketrocket/runtime';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { deadlinesOf } from '../timing/deadline.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const LIST =
  'nodes { rank score movie { movieId title } reasons { weight movie { movieId } } } pageInfo { hasNextPage endCursor } served { ranker } skippedMovieIds';
const MANY = `query ($requests: [RecommendForInput!]!, $first: Int! = 5) { many: recommendForMany(requests: $requests, first: $first) { ${LIST} } }`;
const SIGN_UP = `mutation ($name: String!, $email: String!) {
  signUp(input: { name: $name, email: $email, password: "correct horse" }) { token user { userId } } }`;

const TASTE = [3, 6, 9].map((movieId) => ({ movieId, rating: 5 }));

type Many = { many: ({ nodes: { movie: { movieId: number } }[]; served: { ranker: string } } | null)[] };

describeOnEveryDatabase('many lists at once', (database) => {
  let api: TestApi;
  let mine: { token: string; user: { userId: number } };
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    mine = (await api.query<{ signUp: typeof mine }>(SIGN_UP, { name: 'ann', email: 'ann@example.org' }))
      .signUp;
  });

  it('are each as if asked for alone, in the order asked, and continue where one is asked for', async () => {
    const requests = [
      { userId: 7 },
      { ratings: TASTE },
      { userId: 1 },
      { userId: USER_WITHOUT_RATINGS },
      { ratings: [] },
    ];
    const { many } = await api.query<Many>(MANY, { requests });
    const alone = await api.query<Record<string, unknown>>(
      `query ($ratings: [RatingInput!]!) {
        a: user(userId: 7) { recommendations(first: 5) { ${LIST} } }
        b: recommendFor(ratings: $ratings, first: 5) { ${LIST} }
        c: user(userId: 1) { recommendations(first: 5) { ${LIST} } }
        d: user(userId: ${USER_WITHOUT_RATINGS}) { recommendations(first: 5) { ${LIST} } }
        e: recommendFor(ratings: [], first: 5) { ${LIST} }
      }`,
      { ratings: TASTE },
    );
    const listOf = (one: unknown) => (one as { recommendations?: unknown }).recommendations ?? one;
    expect(many).toEqual(Object.values(alone).map(listOf));
  });

  it('of unknown users, and of those who keep their ratings private, are null; of their own not', async () => {
    const { userId } = mine.user;
    const requests = [{ userId: 123_456 }, { userId }, { userId: 2 }];
    const { many } = await api.query<Many>(MANY, { requests });
    expect(many.map((list) => list === null)).toEqual([true, true, false]);
    const own = await api.query<Many>(MANY, { requests }, mine.token);
    expect(own.many.map((list) => list === null)).toEqual([true, false, false]);
  });

  it('take one statement for all histories', async () => {
    const cold = await TestApi.open(database(), model);
    const requests = Array.from({ length: 40 }, (_, index) => ({ userId: index + 1 }));
    const { statements, errors } = await cold.run<Many>(MANY, { requests });
    expect(errors).toEqual([]);
    expect(statements.filter((sql) => /FROM rating/.test(sql))).toHaveLength(1);
    expect(statements.filter((sql) => /FROM user/.test(sql))).toHaveLength(1);
    const again = await cold.run<Many>(MANY, { requests });
    expect(again.statements.filter((sql) => /FROM rating/.test(sql))).toEqual([]);
  });

  it.each([
    ['no key', [{}], 'requests[0]: give exactly one of userId, userExternalId, ratings'],
    ['two keys', [{ userId: 1 }, { userId: 1, ratings: [] }], 'requests[1]: give exactly one of'],
    [
      'a rating off the scale',
      [{ ratings: [{ movieId: 1, rating: 9 }] }],
      'requests[0]: a rating must be 0.5 to 5',
    ],
    ['more than 100', Array(101).fill({ userId: 1 }), 'requests may have 100 entries; it has 101'],
    ['an id of an app without its key', [{ userExternalId: 'x' }], 'UNAUTHENTICATED'],
  ])('are refused with %s', async (_, requests, reason) => {
    const { errors } = await api.run<Many>(MANY, { requests });
    expect(errors).toEqual([expect.stringContaining(reason)]);
  });

  it('that are late are null with an error of their own; the others are there', async () => {
    const slow = await TestApi.open(database(), model, {
      ranker: {
        logits: (...asked) =>
          asked[1].userId === 3 ? new Promise(() => undefined) : inProcessRanker.logits(...asked),
      },
    });
    const deadlines = deadlinesOf(2_000);
    const requests = [1, 3, 2].map((userId) => ({ userId }));
    const { data, errors } = await slow.run<Many>(MANY, { requests }, undefined, {
      deadline: deadlines.fields,
    });
    deadlines.clear();
    expect(data.many.map((list) => list === null)).toEqual([false, true, false]);
    expect(errors).toEqual([expect.stringMatching(/^UPSTREAM_UNAVAILABLE: timed out .* \(many\.1\)$/)]);
  });

  it('fail one by one', async () => {
    const broken = await TestApi.open(database(), model, {
      ranker: {
        logits: async (...asked) => {
          if (asked[1].userId === 3) throw new AppError('ENVIRONMENT', 'this one cannot be ranked');
          return inProcessRanker.logits(...asked);
        },
      },
    });
    const requests = [1, 3, 2].map((userId) => ({ userId }));
    const { data, errors } = await broken.run<Many>(MANY, { requests });
    expect(data.many.map((list) => list === null)).toEqual([false, true, false]);
    expect(errors).toEqual(['ENVIRONMENT: this one cannot be ranked (many.1)']);
  });
});
