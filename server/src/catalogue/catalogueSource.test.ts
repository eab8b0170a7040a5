import { expect, it } from '@jest/globals';
import { DatasetEntity, MovieEntity } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { openCatalogue } from './catalogueSource.ts';

describeOnEveryDatabase('the catalogue', (database) => {
  it('is empty for an empty database, and read again when the data set changes', async () => {
    const source = await openCatalogue(database(), silentLogger);
    expect(source.current().dataset).toBeNull();
    expect(source.current().movies).toEqual([]);
    expect(source.current().search.find('film', 5)).toEqual([]);

    await fillDatabase(database(), makeFixture());
    await source.refresh();
    const filled = source.current();
    expect(filled.dataset?.name).toBe('fixture');
    expect(filled.movies).toHaveLength(120);
    expect(filled.movie(1)).toMatchObject({ movieId: 1, releaseYear: 1950 });
    expect(filled.movie(999)).toBeUndefined();
    expect(filled.genre('FILM-noir')?.name).toBe('Film-Noir');
    expect(filled.byPopularity[0]?.ratingCount).toBe(
      Math.max(...filled.movies.map(({ ratingCount }) => ratingCount)),
    );

    await source.refresh();
    expect(source.current()).toBe(filled);
    source.close();

    const watching = await openCatalogue(database(), silentLogger, { lookEveryMs: 20 });
    const before = watching.current();

    const { dataSource } = database();
    await dataSource.getRepository(MovieEntity).update({ movieId: 1 }, { title: 'Zabriskie Point' });
    await dataSource.getRepository(DatasetEntity).update({ datasetId: 1 }, { identity: 'sha256:other' });
    await until('the catalogue is read again', () => watching.current() !== before);
    expect(watching.current().search.find('zabriskie', 1)).toEqual([1]);
    watching.close();
  });
});
