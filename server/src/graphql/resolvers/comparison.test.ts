import { beforeAll, expect, it } from '@jest/globals';
import { similarityOf } from '../../users/compareUsers.ts';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../../test/fixture.ts';

const fixture = makeFixture();
const SIGN_UP = `mutation { signUp(input: { name: "cleo", email: "cleo@example.org", password: "correct horse" }) { token user { userId } } }`;
const COMPARISON =
  'similarity commonCount agreements { movie { movieId } rating otherRating } disagreements { movie { movieId } rating otherRating } genres { genre { name } ratingCount otherRatingCount averageRating otherAverageRating }';

interface Pair {
  movie: { movieId: number };
  rating: number;
  otherRating: number;
}
interface Comparison {
  similarity: number;
  commonCount: number;
  agreements: Pair[];
  disagreements: Pair[];
  genres: {
    genre: { name: string };
    ratingCount: number;
    otherRatingCount: number;
    averageRating: number | null;
    otherAverageRating: number | null;
  }[];
}

const ratingsOf = (userId: number) =>
  new Map(
    fixture.ratings
      .filter((rating) => rating.userId === userId)
      .map(({ movieId, halfStars }) => [movieId, halfStars / 2]),
  );

it('the similarity of two users is a cosine of what they think more and less of, drawn towards 0 by few movies', () => {
  const means = { mean: 3, otherMean: 4 };
  const pair = (rating: number, otherRating: number) => ({ rating, otherRating });
  expect(similarityOf([], means)).toBe(0);
  expect(similarityOf([pair(3, 5)], means)).toBe(0);
  expect(similarityOf([pair(4, 5), pair(2, 3)], means)).toBeCloseTo(2 / 12, 10);
  expect(similarityOf([pair(4, 3), pair(2, 5)], means)).toBeCloseTo(-2 / 12, 10);
  // Deviations (1, 2) and (2, 1): cosine 4/5.
  expect(similarityOf([pair(4, 6), pair(5, 5)], means)).toBeCloseTo((0.8 * 2) / 12, 10);
});

describeOnEveryDatabase('a comparison of two users', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), null);
  });

  const run = (args: string, token?: string) =>
    api.run<{ compareUsers: Comparison | null }>(`{ compareUsers(${args}) { ${COMPARISON} } }`, {}, token);
  async function compare(args: string): Promise<Comparison> {
    const { data, errors } = await run(args);
    expect(errors).toEqual([]);
    if (!data.compareUsers) throw new Error('they can be compared');
    return data.compareUsers;
  }

  it('counts what both have rated and names where they agree and differ', async () => {
    const [own, others] = [ratingsOf(1), ratingsOf(4)];
    const common = [...own.keys()].filter((movieId) => others.has(movieId));
    const found = await compare('userId: 1, otherUserId: 4, first: 100');
    expect(found.commonCount).toBe(common.length);
    const difference = (movieId: number) => Math.abs((own.get(movieId) ?? 0) - (others.get(movieId) ?? 0));
    const idsOf = (pairs: Pair[]) => pairs.map(({ movie }) => movie.movieId).sort((a, b) => a - b);
    expect(idsOf(found.agreements)).toEqual(common.filter((movieId) => difference(movieId) <= 0.5));
    expect(idsOf(found.disagreements)).toEqual(common.filter((movieId) => difference(movieId) >= 1));
    for (const { movie, rating, otherRating } of [...found.agreements, ...found.disagreements])
      expect([rating, otherRating]).toEqual([own.get(movie.movieId), others.get(movie.movieId)]);
    const differences = found.disagreements.map(({ movie }) => difference(movie.movieId));
    expect(differences).toEqual([...differences].sort((a, b) => b - a));
    expect((await compare('userId: 1, otherUserId: 4, first: 1')).disagreements).toHaveLength(1);
  });

  it('finds users of one taste more alike than those of two, the same from both sides', async () => {
    // Every third movie is liked, of which third depends on the user.
    const alike = await compare('userId: 1, otherUserId: 4');
    const apart = await compare('userId: 1, otherUserId: 2');
    expect(alike.similarity).toBeGreaterThan(0.2);
    expect(apart.similarity).toBeLessThan(alike.similarity);
    const back = await compare('userId: 4, otherUserId: 1');
    expect(back.similarity).toBeCloseTo(alike.similarity, 12);
    expect(back.genres.map(({ otherRatingCount }) => otherRatingCount).sort()).toEqual(
      alike.genres.map(({ ratingCount }) => ratingCount).sort(),
    );
  });

  it('compares with somebody who has rated nothing', async () => {
    const found = await compare(`userId: 1, otherUserId: ${USER_WITHOUT_RATINGS}`);
    expect(found).toMatchObject({ similarity: 0, commonCount: 0, agreements: [], disagreements: [] });
    expect(found.genres[0]).toMatchObject({ otherRatingCount: 0, otherAverageRating: null });
    expect(found.genres[0]?.averageRating).toBeGreaterThan(0);
  });

  it('is none of a user who does not exist, or whose ratings whoever asks may not read', async () => {
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP);
    const own = `userId: 1, otherUserId: ${signUp.user.userId}`;
    expect((await run('userId: 1, otherUserId: 123456')).data.compareUsers).toBeNull();
    expect((await run(own)).data.compareUsers).toBeNull();
    expect((await run(own, signUp.token)).data.compareUsers).not.toBeNull();
  });

  it.each([
    ['userId: 1, otherUserId: 1', 'give two users'],
    ['userId: 1, otherUserId: 2, first: 0', 'first must be between 1 and 100'],
  ])('refuses %s', async (args, reason) => {
    const { errors } = await run(args);
    expect(errors).toEqual([expect.stringContaining(reason)]);
  });
});
