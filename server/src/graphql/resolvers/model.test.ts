import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();

describeOnEveryDatabase('the model', (database) => {
  beforeAll(() => fillDatabase(database(), fixture));

  it('tells its version, data set and metrics beside popularity', async () => {
    const api = await TestApi.open(database(), makeModel(fixture));
    const data = await api.query(
      '{ model { version trainedAt dataset recipe metrics { name value baseline } } }',
    );
    expect(data).toEqual({
      model: {
        version: '12',
        trainedAt: '2024-05-06T07:08:09.000Z',
        dataset: 'fixture (synthetic)',
        recipe: 'quick',
        metrics: [
          { name: 'hitRateAt10', value: 0.7, baseline: 0.4 },
          { name: 'ndcgAt10', value: 0.5, baseline: 0.2 },
          { name: 'recallAt500', value: 0.9, baseline: null },
        ],
      },
    });
  });

  it('tells the data set apart from it', async () => {
    const api = await TestApi.open(database(), null);
    expect(
      await api.query('{ model { version } dataset { name isSynthetic movieCount userCount ratingCount } }'),
    ).toEqual({
      model: null,
      dataset: {
        name: 'fixture',
        isSynthetic: true,
        movieCount: fixture.movies.length,
        userCount: fixture.userIds.length,
        ratingCount: fixture.ratings.length,
      },
    });
  });

  it('knows what is popular now by its trend, and by numbers of ratings without one', async () => {
    const query = '{ popularNow(first: 5, filter: { maxRatingCount: 30 }) { movieId ratingCount } }';
    const [withModel, without] = await Promise.all(
      [makeModel(fixture), null].map(async (model) => (await TestApi.open(database(), model)).query(query)),
    );
    const counts = (answer: unknown) =>
      (answer as { popularNow: { ratingCount: number }[] }).popularNow.map(({ ratingCount }) => ratingCount);
    expect(counts(without)).toEqual(counts(without).toSorted((a, b) => b - a));
    expect(counts(without)).toHaveLength(5);
    expect(counts(withModel)).toHaveLength(5);
    for (const count of [...counts(withModel), ...counts(without)]) expect(count).toBeLessThanOrEqual(30);
  });

  it('is null where none serves', async () => {
    const api = await TestApi.open(database(), null);
    expect(await api.query('{ model { version } }')).toEqual({ model: null });
  });
});
