import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';

const fixture = makeFixture();
const own = fixture.ratings.filter(({ userId }) => userId === 1);
const movieOf = new Map(fixture.movies.map((movie) => [movie.movieId, movie]));

interface Answer {
  user: {
    ratings: {
      totalCount: number;
      nodes: { rating: number; movie: { movieId: number } }[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  };
}

const ASK = `query ($filter: RatingFilter, $first: Int!, $after: String, $orderBy: RatingOrder!) {
  user(userId: 1) { ratings(filter: $filter, first: $first, after: $after, orderBy: $orderBy) {
    totalCount nodes { rating movie { movieId } } pageInfo { endCursor hasNextPage } } } }`;

describeOnEveryDatabase('a filter of ratings', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), null);
  });

  const run = (filter: object | null, more: object = {}) =>
    api.run<Answer>(ASK, { filter, first: 100, orderBy: 'RATING_DESC', ...more });
  const ask = async (filter: object | null, more: object = {}) => {
    const { data, errors } = await run(filter, more);
    expect(errors).toEqual([]);
    return data.user.ratings;
  };
  const idsOf = ({ nodes }: Answer['user']['ratings']) => nodes.map(({ movie }) => movie.movieId);

  it('lets those pass that meet every condition, in the order of the list without it', async () => {
    const all = idsOf(await ask(null));
    const passing = async (filter: object, meets: (one: (typeof own)[number]) => boolean) => {
      const expected = new Set(own.filter(meets).map(({ movieId }) => movieId));
      const { totalCount, ...page } = await ask(filter);
      expect(idsOf({ totalCount, ...page })).toEqual(all.filter((id) => expected.has(id)));
      expect(totalCount).toBe(expected.size);
    };
    await passing({ minRating: 4 }, ({ halfStars }) => halfStars >= 8);
    await passing({ maxRating: 2.5 }, ({ halfStars }) => halfStars <= 5);
    const [first] = all;
    const { title, releaseYear } = movieOf.get(first ?? 0) ?? { title: '', releaseYear: 0 };
    await passing({ text: title.toUpperCase() }, ({ movieId }) =>
      Boolean(movieOf.get(movieId)?.title.toLowerCase().includes(title.toLowerCase())),
    );
    await passing({ yearFrom: releaseYear, yearTo: releaseYear }, ({ movieId }) =>
      Object.is(movieOf.get(movieId)?.releaseYear, releaseYear),
    );
    await passing({ text: 'no film is called so' }, () => false);
  });

  it.each(['RATED_AT_DESC', 'RATING_DESC', 'RATING_ASC'])(
    'pages by %s as the whole list does',
    async (orderBy) => {
      const whole = idsOf(await ask(null, { orderBy }));
      const paged: number[] = [];
      for (let after: string | null = null; ;) {
        const page: Answer['user']['ratings'] = await ask(
          { minRating: 0.5, yearTo: 9999 },
          { orderBy, first: 3, after },
        );
        paged.push(...idsOf(page));
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      const dated = new Set(
        fixture.movies.filter((one) => one.releaseYear !== null).map((one) => one.movieId),
      );
      expect(paged).toEqual(whole.filter((id) => dated.has(id)));
    },
  );

  it('is refused in words', async () => {
    const refusal = async (filter: object) => (await run(filter)).errors[0];
    expect(await refusal({ minRating: 4, maxRating: 2 })).toMatch(
      /minRating \(4\) is above filter.maxRating/,
    );
    expect(await refusal({ minRating: 9 })).toMatch(/^BAD_USER_INPUT: a rating must be/);
    expect(await refusal({ genres: ['Nothing'] })).toMatch(/^BAD_USER_INPUT/);
    expect(await refusal({ yearFrom: 2000, yearTo: 1990 })).toMatch(/^BAD_USER_INPUT/);
    expect(await refusal({ text: 'a'.repeat(201) })).toMatch(/200 characters/);
  });
});
