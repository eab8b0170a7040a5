import { beforeAll, expect, it } from '@jest/globals';
import { MovieTagEntity } from '@pocketrocket/schema/database';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel, MOVIE_UNKNOWN_TO_MODEL } from '../test/model.ts';

const fixture = makeFixture();
const bare = makeModel(fixture);
const map = Float32Array.from({ length: 2 * bare.items.size }, (_, at) => Math.sin(at));
const model = { ...bare, recommender: { ...bare.recommender, itemMap: map } };

interface MapPage {
  movieMap: {
    nodes: { x: number; y: number; movie: { movieId: number } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  } | null;
}
const PAGE = 'nodes { x y movie { movieId title } } pageInfo { hasNextPage endCursor } totalCount';

describeOnEveryDatabase('the map of movies', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  const ask = async (args: string, on = api) => {
    const { movieMap } = await on.query<MapPage>(`{ movieMap(${args}) { ${PAGE} } }`);
    if (!movieMap) throw new Error('there is a map');
    return movieMap;
  };

  it('has every movie once, page by page, at the place that the model has for it', async () => {
    const whole = await ask('first: 2000');
    expect(whole.totalCount).toBe(fixture.movies.length);
    expect(whole.pageInfo.hasNextPage).toBe(false);
    expect(new Set(whole.nodes.map(({ movie }) => movie.movieId)).size).toBe(fixture.movies.length);
    for (const { x, y, movie } of whole.nodes) {
      const row = model.items.indexOf(movie.movieId);
      if (row >= 0) expect([x, y]).toEqual([map[2 * row], map[2 * row + 1]]);
    }
    const start = await ask('first: 50');
    const next = await ask(`first: 2000, after: "${start.pageInfo.endCursor}"`);
    expect([...start.nodes, ...next.nodes]).toEqual(whole.nodes);
  });

  it('places a movie that the model was not trained on amid those like it', async () => {
    const { nodes } = await ask('first: 2000');
    const added = nodes.find(({ movie }) => movie.movieId === MOVIE_UNKNOWN_TO_MODEL);
    expect(Math.abs(added?.x ?? NaN)).toBeLessThan(1);
    expect(added?.x).not.toBe(0);
  });

  it('is none without a model, and with one of an earlier release', async () => {
    for (const without of [null, bare]) {
      const other = await TestApi.open(database(), without);
      expect(await other.query('{ movieMap { totalCount } }')).toEqual({ movieMap: null });
    }
  });

  it('does not go on as the map of another model', async () => {
    const { pageInfo } = await ask('first: 5');
    const other = await TestApi.open(database(), { ...model, version: 13 });
    const { errors } = await other.run(`{ movieMap(after: "${pageInfo.endCursor}") { totalCount } }`);
    expect(errors).toEqual([expect.stringContaining('BAD_USER_INPUT: the map that after continues')]);
  });

  it.each([
    ['first: 0', 'first must be between 1 and 2000; it is 0'],
    ['first: 2001', 'first must be between 1 and 2000; it is 2001'],
    ['after: "nonsense"', 'after is not a cursor of this list'],
  ])('refuses %s', async (args, reason) => {
    const { errors } = await api.run(`{ movieMap(${args}) { totalCount } }`);
    expect(errors).toEqual([expect.stringContaining(`BAD_USER_INPUT: ${reason}`)]);
  });

  it('tells the tags of movies, the most used first, in one statement for all', async () => {
    await database()
      .dataSource.getRepository(MovieTagEntity)
      .insert([
        { movieId: 1, place: 1, tag: 'funny', tagCount: 7 },
        { movieId: 1, place: 2, tag: 'älter', tagCount: 2 },
        { movieId: 1, place: 3, tag: 'zzz', tagCount: 2 },
        { movieId: 2, place: 1, tag: 'dark', tagCount: 1 },
      ]);
    const { data, errors, statements } = await api.run<Record<string, unknown>>(
      '{ a: movie(movieId: 1) { tags(first: 2) { tag count } } b: movie(movieId: 2) { tags(first: 2) { tag count } } c: movie(movieId: 3) { tags(first: 2) { tag count } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      a: {
        tags: [
          { tag: 'funny', count: 7 },
          { tag: 'älter', count: 2 },
        ],
      },
      b: { tags: [{ tag: 'dark', count: 1 }] },
      c: { tags: [] },
    });
    expect(statements.filter((sql) => sql.includes('movie_tag'))).toHaveLength(1);
    const refused = await api.run('{ movie(movieId: 1) { tags(first: 101) { tag } } }');
    expect(refused.errors).toEqual([expect.stringContaining('first must be between 1 and 100')]);
  });
});
