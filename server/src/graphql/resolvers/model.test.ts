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

  it('is null where none serves', async () => {
    const api = await TestApi.open(database(), null);
    expect(await api.query('{ model { version } }')).toEqual({ model: null });
  });
});
