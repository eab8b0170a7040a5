import { beforeAll, expect, it, jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import {
  AccountEntity,
  DatasetEntity,
  FIRST_ACCOUNT_USER_ID,
  histogramCounts,
  MovieEntity,
  RatingEntity,
  UserEntity,
  weightedRating,
} from '@pocketrocket/schema/database';
import { AccountRepository } from '../../accounts/accountRepository.ts';
import { MAX_ATTEMPTS } from '../../accounts/attempts.ts';
import { ACCESS_TTL_SECONDS, createTokens } from '../../accounts/tokens.ts';
import { TEST_SECRET, TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, UNRATED_MOVIE } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const SIGN_UP = `mutation ($name: String!, $email: String!) {
  signUp(input: { name: $name, email: $email, password: "correct horse" }) { token expiresAt user { userId name } }
}`;
const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { user { userId } }
}`;
const RATE = `mutation ($movieId: Int!, $rating: Float!) {
  rateMovie(input: { movieId: $movieId, rating: $rating }) {
    rating { rating ratedAt }
    movie { ratingCount viewerRating }
    user { ratingCount averageRating genreProfile { ratingCount } ratings { totalCount } }
  }
}`;
const UNRATE = `mutation ($movieId: Int!) {
  unrateMovie(input: { movieId: $movieId }) { movie { ratingCount viewerRating } user { ratingCount genreProfile { ratingCount } } }
}`;
const FOR_ME = '{ viewer { recommendations(first: 10) { nodes { movie { movieId } } served { ranker } } } }';

interface ForMe {
  viewer: { recommendations: { nodes: { movie: { movieId: number } }[]; served: { ranker: string } } };
}

describeOnEveryDatabase('accounts', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  interface Entered {
    signUp: { token: string; expiresAt: string; user: { userId: number; name: string } };
  }
  const enter = async (name: string) =>
    (await api.query<Entered>(SIGN_UP, { name, email: `${name}@example.org` })).signUp;

  /** Aggregates as stored, and as the ratings add up to. */
  async function movieAggregates(movieId: number) {
    const { dataSource } = database();
    const movie = await dataSource.getRepository(MovieEntity).findOneByOrFail({ movieId });
    const ratings = await dataSource.getRepository(RatingEntity).findBy({ movieId });
    const { meanRating } = await dataSource.getRepository(DatasetEntity).findOneByOrFail({ datasetId: 1 });
    const sum = ratings.reduce((total, { halfStars }) => total + halfStars, 0);
    const { ratingCount, halfStarSum, histogram } = movie;
    return {
      stored: {
        ratingCount,
        halfStarSum,
        weighted: movie.weightedRating,
        histogram: histogramCounts(histogram),
      },
      right: {
        ratingCount: ratings.length,
        halfStarSum: sum,
        weighted: weightedRating(ratings.length, sum, meanRating),
        histogram: Array.from(
          { length: 10 },
          (_, slot) => ratings.filter(({ halfStars }) => halfStars === slot + 1).length,
        ),
      },
    };
  }

  it('numbers users from a thousand million on, signs them in, and keeps the password as a hash', async () => {
    const ann = await enter('ann');
    expect(ann.user).toEqual({ userId: FIRST_ACCOUNT_USER_ID, name: 'ann' });
    const validSeconds = (Date.parse(ann.expiresAt) - Date.now()) / 1000;
    expect(Math.abs(validSeconds - ACCESS_TTL_SECONDS)).toBeLessThan(60);
    expect(await api.query('{ viewer { userId } }', {}, ann.token)).toEqual({
      viewer: { userId: FIRST_ACCOUNT_USER_ID },
    });
    const [account] = await database().dataSource.query<{ passwordHash: string }[]>(
      'SELECT passwordHash FROM account',
    );
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await api.query(SIGN_IN, { email: ' ANN@Example.org', password: 'correct horse' })).toEqual({
      signIn: { user: { userId: FIRST_ACCOUNT_USER_ID } },
    });
  });

  it.each(['sign in', 'set another one'])(
    'a password that is changed while it is verified does not %s',
    async (act) => {
      const name = `raced-${act.slice(0, 3)}`;
      const { token, user } = await enter(name);
      const accounts = database().dataSource.getRepository(AccountEntity);
      const changed = await hash('battery staple');
      // Asked for between the account is read and its password is verified.
      jest.spyOn(AccountRepository.prototype, 'isKnownAddress').mockImplementationOnce(async () => {
        await accounts.update({ userId: user.userId }, { passwordHash: changed });
        return false;
      });
      const { errors } =
        act === 'sign in'
          ? await api.run(SIGN_IN, { email: `${name}@example.org`, password: 'correct horse' })
          : await api.run(
              'mutation { changePassword(input: { currentPassword: "correct horse", newPassword: "a third passphrase" }) { token } }',
              {},
              token,
            );
      expect(errors[0]).toMatch(/^BAD_USER_INPUT.*changed meanwhile/);
      expect(await accounts.findOneBy({ userId: user.userId })).toMatchObject({ passwordHash: changed });
    },
  );

  it('hashes a password anew at sign-in where the hash was made with other parameters', async () => {
    await enter('una');
    const email = 'una@example.org';
    const accounts = database().dataSource.getRepository(AccountEntity);
    const hashOf = async () => (await accounts.findOneByOrFail({ email })).passwordHash;
    const weaker = await hash('correct horse', { memoryCost: 4_096, timeCost: 3, parallelism: 1 });
    await accounts.update({ email }, { passwordHash: weaker });
    const entered = { signIn: { user: { userId: expect.any(Number) } } };
    expect((await api.run(SIGN_IN, { email, password: 'wrong horse' })).errors).toHaveLength(1);
    expect(await hashOf()).toBe(weaker);
    expect(await api.query(SIGN_IN, { email, password: 'correct horse' })).toEqual(entered);
    const renewed = await hashOf();
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await api.query(SIGN_IN, { email, password: 'correct horse' })).toEqual(entered);
    expect(await hashOf()).toBe(renewed);
  });

  it('refuses what cannot be an account, and a second one', async () => {
    const refused = async (name: string, email: string) =>
      (await api.run(SIGN_UP, { name, email })).errors[0];
    expect(await refused('Ann', 'ANN@example.org')).toMatch(/^EMAIL_TAKEN: /);
    expect(await refused('Ann', 'nowhere')).toMatch(/^BAD_USER_INPUT: this is not an email address/);
    expect(await refused(' ', 'b@example.org')).toMatch(/^BAD_USER_INPUT: the name/);
    const short =
      'mutation { signUp(input: { name: "a", email: "c@example.org", password: "1234567" }) { token } }';
    expect((await api.run(short)).errors[0]).toMatch(/^BAD_USER_INPUT: the password must have 8/);
  });

  it('gives accounts opened at once numbers of their own', async () => {
    const entered = await Promise.all(['eve', 'fay', 'gus'].map(enter));
    expect(new Set(entered.map(({ user }) => user.userId)).size).toBe(3);
  });

  it('says the same of a wrong password and of nobody, and stops guessing', async () => {
    const tried = async (email: string) =>
      (await api.run(SIGN_IN, { email, password: 'wrong horse' })).errors[0] ?? '';
    const wrong = await tried('ann@example.org');
    expect(wrong).toMatch(/^BAD_USER_INPUT: the email address or the password is wrong/);
    expect(await tried('nobody@example.org')).toBe(wrong);
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) expect(await tried('ann@example.org')).toBe(wrong);
    expect(await tried('ann@example.org')).toMatch(
      /^RATE_LIMITED: too many attempts to sign in; try again in 15/,
    );
    expect(await tried('somebody.else@example.org')).toBe(wrong);
  });

  it('asks to sign in where nobody is, and again when a token is foreign, expired or of an account that is gone', async () => {
    const codeOf = async (query: string, token?: string, variables = {}) =>
      (await api.run(query, variables, token)).errors[0]?.split(' (')[0];
    expect(await codeOf(RATE, undefined, { movieId: 1, rating: 4 })).toBe('UNAUTHENTICATED: sign in first');
    expect(await api.query('{ viewer { name } movie(movieId: 1) { viewerRating } }')).toEqual({
      viewer: null,
      movie: { viewerRating: null },
    });
    const claims = { accountId: 'nobody', sessionId: 'none' };
    const foreign = await createTokens(['another secret']).issue(claims);
    expect(await codeOf('{ viewer { name } }', foreign.token)).toMatch(/not valid; .*sign in again$/);
    const old = await createTokens([TEST_SECRET], () => 1_000).issue(claims);
    expect(await codeOf('{ viewer { name } }', old.token)).toMatch(/has expired; .*sign in again$/);
    const gone = await createTokens([TEST_SECRET]).issue(claims);
    expect(await codeOf('{ viewer { name } }', gone.token)).toMatch(/^UNAUTHENTICATED: .* no longer exists/);
    expect(await codeOf(RATE, gone.token, { movieId: 1, rating: 4 })).toMatch(/no longer exists/);
    // What needs no viewer is there all the same.
    expect(await api.query('{ movie(movieId: 1) { title } }', {}, old.token)).toEqual({
      movie: { title: 'The Film 01' },
    });
  });

  it('keeps every aggregate with a rating, its change, its repetition and its end', async () => {
    const { token, user } = await enter('hal');
    const movieId = 7;
    const before = (await movieAggregates(movieId)).right.ratingCount;
    const rate = (rating: number) => api.query(RATE, { movieId, rating }, token);
    const first = await rate(4.5);
    expect(first).toMatchObject({
      rateMovie: {
        rating: { rating: 4.5 },
        movie: { ratingCount: before + 1, viewerRating: 4.5 },
        user: { ratingCount: 1, averageRating: 4.5, ratings: { totalCount: 1 } },
      },
    });
    expect(await rate(4.5)).toEqual(first);
    expect(await rate(1)).toMatchObject({
      rateMovie: { movie: { ratingCount: before + 1, viewerRating: 1 }, user: { averageRating: 1 } },
    });
    const rated = await movieAggregates(movieId);
    expect(rated.stored).toEqual(rated.right);
    expect(api.deps.catalogue.current().movie(movieId)?.ratingCount).toBe(before + 1);

    for (let times = 0; times < 2; times++)
      expect(await api.query(UNRATE, { movieId }, token)).toEqual({
        unrateMovie: {
          movie: { ratingCount: before, viewerRating: null },
          user: { ratingCount: 0, genreProfile: [] },
        },
      });
    const unrated = await movieAggregates(movieId);
    expect(unrated.stored).toEqual(unrated.right);
    const stored = await database()
      .dataSource.getRepository(UserEntity)
      .findOneByOrFail({ userId: user.userId });
    expect([stored.halfStarSum, ...histogramCounts(stored.histogram)]).toEqual(Array(11).fill(0));
  });

  it('keeps the later of two ratings, whenever each arrives', async () => {
    const { token } = await enter('lou');
    const change = (fields: string) =>
      api.query(
        `mutation { ${fields.includes('rating:') ? 'rateMovie' : 'unrateMovie'}(input: { movieId: 9, ${fields} }) {
          movie { viewerRating } } }`,
        {},
        token,
      );
    const standing = (viewerRating: number | null) => ({ movie: { viewerRating } });
    expect(await change('rating: 4, ratedAt: "2025-06-01T00:00:00Z"')).toEqual({ rateMovie: standing(4) });
    expect(await change('rating: 2, ratedAt: "2025-05-31T00:00:00Z"')).toEqual({ rateMovie: standing(4) });
    expect(await change('ratedAt: "2025-05-31T00:00:00Z"')).toEqual({ unrateMovie: standing(4) });
    expect(await change('rating: 3, ratedAt: "2025-06-02T00:00:00Z"')).toEqual({ rateMovie: standing(3) });
    expect(await change('rating: 5')).toEqual({ rateMovie: standing(5) });
    expect(await change('rating: 1, ratedAt: "2999-01-01T00:00:00Z"')).toEqual({ rateMovie: standing(1) });
    // One that lay ahead counts as given now: it does not outlast what comes next.
    expect(await change('rating: 2')).toEqual({ rateMovie: standing(2) });
    expect(await change('ratedAt: "2999-01-01T00:00:00Z"')).toEqual({ unrateMovie: standing(null) });
    await expect(change('rating: 5, ratedAt: "1969-12-31T00:00:00Z"')).rejects.toThrow(
      /ratedAt must be 1970 or later/,
    );
  });

  it('refuses ratings off the scale and of movies that do not exist', async () => {
    const { token } = await enter('ida');
    const refusal = async (movieId: number, rating: number) =>
      (await api.run(RATE, { movieId, rating }, token)).errors[0];
    for (const rating of [0, 0.7, 5.5])
      expect(await refusal(1, rating)).toMatch(/^BAD_USER_INPUT: a rating must/);
    expect(await refusal(999_999, 4)).toMatch(/^NOT_FOUND: movie 999999 does not exist/);
  });

  it('counts ratings of one movie right that come at once', async () => {
    const users = await Promise.all(['jan', 'kim', 'lea', 'max'].map(enter));
    await Promise.all(
      users.flatMap(({ token }, index) =>
        [8, 9].map((movieId) => api.query(RATE, { movieId, rating: index + 1 }, token)),
      ),
    );
    for (const movieId of [8, 9]) {
      const { stored, right } = await movieAggregates(movieId);
      expect(stored).toEqual(right);
    }
    // The same user's, too.
    const [one] = users;
    await Promise.all([1, 2, 3].map((rating) => api.query(RATE, { movieId: 10, rating }, one?.token)));
    const { stored, right } = await movieAggregates(10);
    expect(stored).toEqual(right);
  });

  it('makes the very next recommendations from the rating', async () => {
    const { token } = await enter('ned');
    const ask = async () => (await api.query<ForMe>(FOR_ME, {}, token)).viewer.recommendations;
    const idsOf = ({ nodes }: ForMe['viewer']['recommendations']) => nodes.map(({ movie }) => movie.movieId);
    const before = await ask();
    expect(before.served.ranker).toBe('POPULARITY');
    const [liked = 0] = idsOf(before);
    await api.query(RATE, { movieId: liked, rating: 5 }, token);
    const after = await ask();
    expect(after.served.ranker).not.toBe('POPULARITY');
    expect(idsOf(after)).not.toContain(liked);
    await api.query(UNRATE, { movieId: liked }, token);
    expect(idsOf(await ask())).toEqual(idsOf(before));
  });

  it('makes them so on every server that shares the database', async () => {
    const { token } = await enter('quentin');
    const other = await TestApi.open(database(), model);
    const askOther = async () =>
      (await other.query<ForMe>(FOR_ME, {}, token)).viewer.recommendations.nodes.map(
        ({ movie }) => movie.movieId,
      );
    const [first = 0] = await askOther();
    await api.query(RATE, { movieId: first, rating: 5 }, token);
    const [second = 0, ...rest] = await askOther();
    expect([second, ...rest]).not.toContain(first);
    await api.query(RATE, { movieId: second, rating: 0.5 }, token);
    expect(await askOther()).not.toContain(second);
    await api.query(UNRATE, { movieId: second }, token);
    expect(await askOther()).toEqual([second, ...rest]);
  });

  it('filters by the counts as they are now', async () => {
    const { token } = await enter('ole');
    const popular = `{ recommendFor(ratings: [], first: 100, filter: { minRatingCount: 1, genres: ["${fixture.movies.at(-1)?.genres[0]}"] }) { nodes { movie { movieId } } } }`;
    const isListed = async () =>
      JSON.stringify(await api.query(popular)).includes(`"movieId":${UNRATED_MOVIE}}`);
    expect(await isListed()).toBe(false);
    await api.query(RATE, { movieId: UNRATED_MOVIE, rating: 3 }, token);
    expect(await isListed()).toBe(true);
  });

  it('filters by the mean ratings as they are now, in lists (SQL) and in recommendations (masks)', async () => {
    const { token } = await enter('xenia');
    const movieId = 2;
    const { right } = await movieAggregates(movieId);
    const meanWith = (halfStars: number) => (right.halfStarSum + halfStars) / 2 / (right.ratingCount + 1);
    // Between the means that the worst and the best rating give.
    const least = (meanWith(1) + meanWith(10)) / 2;
    const filter = `filter: { minAverageRating: ${least} }`;
    const others = fixture.movies.filter((movie) => movie.movieId !== movieId).map((movie) => movie.movieId);
    const passing = async () => {
      const answer = JSON.stringify(
        await api.query(
          `query ($others: [Int!]!) {
             movies(filter: { minAverageRating: ${least}, excludeMovieIds: $others }) { nodes { movieId } }
             recommendFor(ratings: [], first: 100, ${filter}) { nodes { movie { movieId } } }
           }`,
          { others },
        ),
      );
      return [`"nodes":[{"movieId":${movieId}}]`, `"movie":{"movieId":${movieId}}`].map((text) =>
        answer.includes(text),
      );
    };
    await api.query(RATE, { movieId, rating: 0.5 }, token);
    expect(await passing()).toEqual([false, false]);
    // The number of ratings stays, their sum does not.
    await api.query(RATE, { movieId, rating: 5 }, token);
    expect(await passing()).toEqual([true, true]);
  });

  it.each([0.4, 5.1, -1])('refuses %s as a least mean rating', async (least) => {
    const { errors } = await api.run(
      `{ movies(filter: { minAverageRating: ${least} }) { totalCount } recommendFor(ratings: [], filter: { minAverageRating: ${least} }) { served { candidateCount } } }`,
    );
    const refused = `BAD_USER_INPUT: filter.minAverageRating must be between 0.5 and 5; it is ${least}`;
    expect(errors).toEqual([`${refused} (movies)`, `${refused} (recommendFor)`]);
  });
});
