import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel, MOVIE_UNKNOWN_TO_MODEL, withItemBias } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

interface List {
  nodes: { rank: number; score: number; movie: { movieId: number } }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  served: {
    ranker: string;
    degraded: boolean;
    degradedReason: string | null;
    popularityReason: string | null;
  };
  skippedMovieIds: number[];
}

const LIST = `nodes { rank score movie { movieId } } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }
  served { ranker degraded degradedReason popularityReason } skippedMovieIds`;
const TASTE = [3, 6, 9, 12, 15].map((movieId) => ({ movieId, rating: 5 }));
const UNKNOWN = [998, 2_000_000_000].map((movieId) => ({ movieId, rating: 4 }));

const idsOf = (list: List) => list.nodes.map(({ movie }) => movie.movieId);

describeOnEveryDatabase('recommendations for a taste', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  const run = (ratings: readonly object[], args: string, on = api) =>
    on.run<{ recommendFor: List | null }>(
      `query ($ratings: [RatingInput!]!) { recommendFor(ratings: $ratings, ${args}) { ${LIST} } }`,
      { ratings },
    );
  async function ask(ratings: readonly object[], args: string, on = api): Promise<List> {
    const { data, errors } = await run(ratings, args, on);
    expect(errors).toEqual([]);
    if (!data.recommendFor) throw new Error('there is a list');
    return data.recommendFor;
  }

  it.each([
    ['of some movies', TASTE],
    ['of none', []],
    ['with movies that do not exist', [...TASTE, ...UNKNOWN]],
  ])('%s come in pages that add up to the whole list', async (_, taste) => {
    const whole = [
      ...idsOf(await ask(taste, 'first: 100')),
      ...idsOf(
        await ask(taste, `first: 100, after: "${(await ask(taste, 'first: 100')).pageInfo.endCursor}"`),
      ),
    ];
    const found: number[] = [];
    let after: string | null = null;
    for (let page = 0; page === 0 || after !== null; page++) {
      const list: List = await ask(taste, `first: 33${after === null ? '' : `, after: "${after}"`}`);
      expect(list.pageInfo.hasPreviousPage).toBe(page > 0);
      expect(list.nodes[0]?.rank).toBe(1 + found.length);
      found.push(...idsOf(list));
      after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
    }
    expect(found).toEqual(whole);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThan(100);
  });

  it('continue the list that was begun, though the model has changed in between', async () => {
    let serving = model;
    const swapping = await TestApi.open(database(), null, {
      models: { state: () => ({ model: serving, problem: null }) },
    });
    const before = await ask(TASTE, 'first: 30', swapping);
    const start = await ask(TASTE, 'first: 10', swapping);
    serving = { ...withItemBias(model, idsOf(before)[29] ?? 0, 9), version: 13 };
    const rest = await ask(TASTE, `first: 20, after: "${start.pageInfo.endCursor}"`, swapping);
    expect([...idsOf(start), ...idsOf(rest)]).toEqual(idsOf(before));
  });

  it('go on at another server, which makes the same list', async () => {
    const { pageInfo } = await ask(TASTE, 'first: 5');
    const other = await TestApi.open(database(), model);
    const rest = await ask(TASTE, `first: 5, after: "${pageInfo.endCursor}"`, other);
    expect(rest.nodes[0]?.rank).toBe(6);
    expect(idsOf(rest)).toEqual(idsOf(await ask(TASTE, 'first: 10')).slice(5));
    const changed = await TestApi.open(database(), { ...model, version: 99 });
    const { errors } = await run(TASTE, `first: 5, after: "${pageInfo.endCursor}"`, changed);
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: the list .* has expired/)]);
  });

  it.each([
    ['another taste', TASTE.slice(1), 'first: 5'],
    ['the same taste in another order', [...TASTE].reverse(), 'first: 5'],
    ['another filter', TASTE, 'first: 5, filter: { yearFrom: 1960 }'],
    ['another diversity', TASTE, 'first: 5, diversity: 0.3'],
  ])('refuse a cursor with %s', async (_, taste, args) => {
    const { pageInfo } = await ask(TASTE, 'first: 5');
    const { errors } = await run(taste, `${args}, after: "${pageInfo.endCursor}"`);
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: after is a cursor of another list/)]);
  });

  it('refuse the cursor of a user’s list', async () => {
    const { user } = await api.query<{ user: { recommendations: List } }>(
      `{ user(userId: 1) { recommendations(first: 5) { ${LIST.replace(' skippedMovieIds', '')} } } }`,
    );
    const { errors } = await run(TASTE, `after: "${user.recommendations.pageInfo.endCursor}"`);
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: after is a cursor of another list/)]);
  });

  it('leave out rated movies that do not exist, and name them', async () => {
    const known = await ask(TASTE, 'first: 50');
    expect(known.skippedMovieIds).toEqual([]);
    const list = await ask([UNKNOWN[0] ?? {}, ...TASTE, UNKNOWN[1] ?? {}], 'first: 50');
    expect(list.skippedMovieIds).toEqual([998, 2_000_000_000]);
    expect(list.nodes).toEqual(known.nodes);
    expect(list.served).toEqual(known.served);
  });

  it('are popular movies where none of the rated ones exists, and say so', async () => {
    const list = await ask(UNKNOWN, 'first: 10');
    expect(list.served).toEqual({
      ranker: 'POPULARITY',
      degraded: true,
      degradedReason: 'none of the rated movies exists',
      popularityReason: 'UNKNOWN_MOVIES',
    });
    expect(list.nodes).toEqual((await ask([], 'first: 10')).nodes);
    expect(list.skippedMovieIds).toEqual([998, 2_000_000_000]);
    const unplaced = await ask([{ movieId: MOVIE_UNKNOWN_TO_MODEL, rating: 4 }], 'first: 1');
    expect(unplaced.skippedMovieIds).toEqual([]);
  });
});
