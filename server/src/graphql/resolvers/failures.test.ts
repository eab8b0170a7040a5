import { beforeAll, expect, it, jest } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import { inProcessRanker } from '@pocketrocket/model';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

describeOnEveryDatabase('one failing part', (database) => {
  beforeAll(() => fillDatabase(database(), fixture));

  it('lets the engine rank, and says so, when the ranker does not answer', async () => {
    const list =
      '{ user(userId: 1) { recommendations(first: 5) { nodes { movie { movieId } score } served { ranker degraded degradedReason } } } }';
    const failing = await TestApi.open(database(), model, {
      ranker: {
        async logits() {
          throw new AppError('UPSTREAM_UNAVAILABLE', 'the ranker does not answer');
        },
      },
    });
    const served = {
      ranker: 'NEURAL_CF',
      degraded: true,
      degradedReason: 'the ranker does not answer; the engine ranks',
    };
    const expected = await (
      await TestApi.open(database(), model)
    ).query<{ user: { recommendations: object } }>(list);
    expect(await failing.query(list)).toEqual({
      user: { recommendations: { ...expected.user.recommendations, served } },
    });
  });

  it('begins a list anew that was ranked by another than it should be, and goes on with it where it was begun', async () => {
    const page = (after?: string) =>
      `{ user(userId: 1) { recommendations(first: 5${after === undefined ? '' : `, after: "${after}"`}) { nodes { movie { movieId } } pageInfo { endCursor } served { degraded } } } }`;
    interface Page {
      user: { recommendations: { pageInfo: { endCursor: string }; served: { degraded: boolean } } };
    }
    let isDown = true;
    const api = await TestApi.open(database(), model, {
      ranker: {
        async logits(...asked) {
          if (isDown) throw new AppError('UPSTREAM_UNAVAILABLE', 'the ranker does not answer');
          return inProcessRanker.logits(...asked);
        },
      },
    });
    const begun = await api.query<Page>(page());
    expect(begun.user.recommendations.served).toEqual({ degraded: true });
    isDown = false;
    const { endCursor } = begun.user.recommendations.pageInfo;
    const next = await api.query<Page>(page(endCursor));
    expect(next.user.recommendations.served).toEqual({ degraded: true });
    const anew = await api.query<Page>(page());
    expect(anew.user.recommendations.served).toEqual({ degraded: false });
    expect((await api.query<Page>(page(endCursor))).user.recommendations).toEqual(next.user.recommendations);
  });

  it('leaves a user page standing when ranking fails', async () => {
    const api = await TestApi.open(database(), model, {
      ranker: {
        async logits() {
          throw new Error('a bug in the ranker');
        },
      },
    });
    const { data, errors } = await api.run(
      '{ user(userId: 1) { name favouriteGenre { name } ratings(first: 1) { totalCount } recommendations { nodes { rank } } } genres { name } }',
    );
    expect(data).toEqual({
      user: {
        name: 'User 1',
        favouriteGenre: { name: expect.any(String) },
        ratings: { totalCount: expect.any(Number) },
        recommendations: null,
      },
      genres: expect.arrayContaining([{ name: 'Drama' }]),
    });
    expect(errors).toEqual(['UNEXPECTED: a bug in the ranker (user.recommendations)']);
  });

  /** Lets statements fail while work runs. */
  async function whileFailing<T>(fails: (sql: string) => boolean, work: () => Promise<T>) {
    const { dataSource } = database();
    const query = dataSource.query.bind(dataSource);
    const spy = jest.spyOn(dataSource, 'query').mockImplementation(async (sql, values) => {
      if (fails(sql)) throw new Error('disk on fire');
      return query<unknown>(sql, values);
    });
    try {
      return await work();
    } finally {
      spy.mockRestore();
    }
  }

  let numMoviesRead = 0;
  it.each([
    ['fans', 'fans { name }', (sql: string) => sql.includes('FROM rating given')],
    [
      'similar',
      'similar(first: 1) { movie { title ratingCount } }',
      // The page's own movie is read before.
      (sql: string) => sql.includes('WHERE movie.movieId IN') && numMoviesRead++ > 0,
    ],
  ])('leaves a movie page standing when its %s cannot be read', async (field, selection, fails) => {
    const api = await TestApi.open(database(), model);
    numMoviesRead = 0;
    const { data, errors } = await whileFailing(fails, () =>
      api.run(`{ movie(movieId: 1) { title genres { name } ${selection} } genres { name } }`),
    );
    expect(data).toMatchObject({ movie: { title: 'The Film 01', [field]: null } });
    expect(errors).toEqual([expect.stringContaining(`UNEXPECTED: disk on fire (movie.${field}`)]);
  });

  it('leaves the other lists standing when one root list cannot be read', async () => {
    const api = await TestApi.open(database(), model);
    const { data, errors } = await whileFailing(
      (sql) => sql.includes('FROM user account'),
      () =>
        api.run(
          '{ users { totalCount } user(userId: 1) { name } movies { totalCount } recommendFor(ratings: []) { nodes { rank } } model { version } }',
        ),
    );
    expect(data).toMatchObject({
      users: null,
      user: null,
      movies: { totalCount: 120 },
      model: { version: '12' },
    });
    expect(data).toHaveProperty('recommendFor.nodes.0.rank', 1);
    expect(errors).toHaveLength(2);
  });
});
