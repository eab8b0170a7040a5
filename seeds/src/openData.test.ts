import { describe, expect, it } from '@jest/globals';
import { openData } from './openData.ts';
import { PLAIN_CSV, silent } from './test/datasets.ts';
import { temporaryFolder, writeFolder, type Files } from './test/files.ts';

const deps = {
  movielensUrl: 'http://localhost:1',
  folder: temporaryFolder(),
  progress: silent,
  say: () => {},
};
const open = (files: Files) => openData(deps, writeFolder(files));

describe('what is opened as a data set', () => {
  it.each<[string, Files]>([
    [
      'Letterboxd',
      {
        'ratings.csv': 'Date,Name,Year,Letterboxd URI,Rating\n2024-03-01,A,2010,u,5\n',
        'likes/films.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-01,A,2010,u\n',
      },
    ],
    ['IMDb', { 'ratings.csv': 'Const,Your Rating,Title,Title Type,Year\ntt0114709,8,A,Movie,1990\n' }],
    [
      'Trakt',
      { 'ratings-movies.json': '[{"rated_at":"2020-01-01","rating":8,"movie":{"title":"A","ids":{}}}]' },
    ],
    [
      'movielens.org',
      {
        'movielens-ratings.csv': 'movie_id,imdb_id,tmdb_id,rating,average_rating,title\n1,7,8,4,3,A (2000)\n',
      },
    ],
  ])('is refused with the command for it where it is an export of %s', async (service, files) => {
    await expect(open(files)).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(`export of ${service}, and no data set: `),
    });
    await expect(open(files)).rejects.toThrow(/npm run seed -- --into-account <email> \S+$/);
  });

  it('is refused as half a data set where it is that', async () => {
    await expect(open({ 'ratings.csv': PLAIN_CSV['ratings.csv'] })).rejects.toThrow(
      /no movies\.csv with the movies/,
    );
  });

  it('is a data set', async () => {
    const source = await open(PLAIN_CSV);
    expect(source.rows.ratings.file).toBe('ratings.csv');
    source.close();
  });
});
