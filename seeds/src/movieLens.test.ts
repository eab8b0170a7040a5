import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { openDatabase, MovieEntity } from '@pocketrocket/schema/database';
import { importDataset } from './importDataset.ts';
import { readPath, silent } from './test/datasets.ts';

const folder = process.env['MOVIELENS_DIR'];
const suite = folder ? describe : describe.skip;

suite('real MovieLens data', () => {
  it('ml-latest-small is imported whole', async () => {
    const database = await openDatabase({ url: 'sqlite::memory:' });
    const dataset = await readPath(join(folder ?? '', 'ml-latest-small'), { strict: true });
    expect(await importDataset(database, dataset, { replace: false, progress: silent })).toMatchObject({
      dataset: 'ml-latest-small',
      movies: 9_742,
      users: 610,
      ratings: 100_836,
      genres: 19,
    });
    const movies = database.dataSource.getRepository(MovieEntity);
    expect(await movies.findOneBy({ movieId: 50 })).toMatchObject({
      title: 'The Usual Suspects',
      releaseYear: 1995,
      ratingCount: 204,
    });
    expect(await movies.findOneBy({ movieId: 4973 })).toMatchObject({
      title: 'Amelie',
      alternativeTitles: ["Le Fabuleux destin d'Amélie Poulain"],
    });
    expect(
      dataset.movies.filter(({ title }) => /, (The|A|An|Le|La|Les|L'|Der|Das|El|Il)$/.test(title)),
    ).toEqual([]);
    await database.close();
  });

  it('ml-1m is read whole, its ratings gzipped CSV beside the original movies', async () => {
    const dataset = await readPath(join(folder ?? '', 'ml-1m'), { strict: true });
    expect(dataset).toMatchObject({ numUsers: 6_040 });
    expect(dataset.movies).toHaveLength(3_883);
    expect(dataset.ratings).toHaveLength(994_169);
    expect(dataset.genres).toContain('Children');
    expect(dataset.movies.find(({ movieId }) => movieId === 73)?.title).toBe('Les Misérables');
  });
});
