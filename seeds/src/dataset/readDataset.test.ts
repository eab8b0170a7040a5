import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@pocketrocket/runtime';
import { PLAIN_CSV, readFiles, readPath, storedRatings } from '../test/datasets.ts';
import { temporaryFolder, writeFolder } from '../test/files.ts';

const RATINGS_HEADER = 'userId,movieId,rating,timestamp\n';

describe('readDataset', () => {
  it('reads a data set into order', async () => {
    const dataset = await readFiles(PLAIN_CSV);
    expect(dataset.movies).toEqual([
      {
        movieId: 10,
        title: 'The Paper Lighthouse',
        releaseYear: 1954,
        alternativeTitles: [],
        genres: ['Drama', 'Mystery'],
        imdbId: 123,
        tmdbId: 77,
      },
      expect.objectContaining({ title: 'Crème, Brûlée & Co.', genres: ['Comedy'], imdbId: null }),
      expect.objectContaining({ title: 'Zero Tide', releaseYear: null, genres: [], tmdbId: 78 }),
    ]);
    expect(dataset.genres).toEqual(['Comedy', 'Drama', 'Mystery']);
    expect(storedRatings(dataset)).toEqual([
      [1, 10, 10, -1],
      [1, 20, 1, 900_000_000],
      [2, 10, 6, 1_100_000_001],
      [2, 20, 9, 1_100_000_000],
    ]);
    expect(dataset).toMatchObject({ numUsers: 2, meanRating: 3.25, synthetic: false });
  });

  it('leaves bad ratings out and says of each kind how many and where', async () => {
    const { skipped, ratings } = await readFiles({
      ...PLAIN_CSV,
      'ratings.csv': `${RATINGS_HEADER}1,10,4,1
1,10,4
1,10,4,1,1
1,99,4,1
1,20,3.7,1
1,20,0,1
1,20,5.5,1
1,20,4,yesterday
1,20,4,12.5
1,10,2,7
x,10,4,1
"1,10,4,1
2147483647,20,4,2147483647
2147483648,20,4,1
1,2147483648,4,1
3,10,4,2147483648
`,
    });
    expect(skipped.counts()).toEqual({
      columnCount: 3,
      badId: 3,
      badTitle: 0,
      badYear: 0,
      badGenre: 0,
      duplicateMovie: 0,
      unknownMovie: 1,
      ratingOffScale: 3,
      badTime: 3,
      duplicatePair: 1,
    });
    expect(ratings).toHaveLength(2);
    const report = skipped.describe();
    expect(report).toContain('  ratings.csv:5 (99)');
    expect(report).toContain('  ratings.csv:6 (3.7)');
    expect(report).toContain('  ratings.csv:11 (user 1, movie 10)');
    expect(report).toContain('  ratings.csv:13');
  });

  it('leaves bad movies and links out', async () => {
    const dataset = await readFiles({
      'movies.csv': `movieId,title,releaseYear,genres
1,Kept,2000,Drama
1,Again,2000,Drama
2,,2000,Drama
3,${'long '.repeat(80)},2000,Drama
4,Year,soon,Drama
5,Genre,2000,${'g'.repeat(61)}
-6,Id,2000,Drama
`,
      'ratings.csv': `${RATINGS_HEADER}1,1,4,1\n`,
      'links.csv': 'movieId,imdbId,tmdbId\n9,1,1\n1,1,seven\n',
    });
    expect(dataset.movies.map(({ title }) => title)).toEqual(['Kept']);
    expect(dataset.skipped.counts()).toMatchObject({
      duplicateMovie: 1,
      badTitle: 2,
      badYear: 1,
      badGenre: 1,
      badId: 2,
      unknownMovie: 1,
    });
  });

  it('shows the first ten of a kind', async () => {
    const { skipped } = await readFiles({
      ...PLAIN_CSV,
      'ratings.csv': `${RATINGS_HEADER}1,10,4,1\n${'1,77,4,1\n'.repeat(25)}`,
    });
    const report = skipped.describe();
    expect(report[0]).toBe('skipped 25: no such movie');
    expect(report).toHaveLength(12);
    expect(report.at(-1)).toBe('  … and 15 more');
  });

  it.each([
    ['1,10,4.2,1', /^ratings\.csv:3 \(4\.2\): rating is not one of/],
    ['1,10,4,1', /^ratings\.csv:3 .*second rating of the same movie/],
  ])('stops at the first bad row when strict: %s', async (row, message) => {
    const files = { ...PLAIN_CSV, 'ratings.csv': `${RATINGS_HEADER}1,10,4,1\n${row}\n` };
    await expect(readFiles(files, { strict: true })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(message),
    });
  });

  it('takes genres that differ in case or accents for one, and names for none as none', async () => {
    const { genres, movies } = await readFiles({
      'movies.csv': `movieId,title,genres
1,A (2000),Comédie|Drama|Children's
2,B (2000),comedie|DRAMA|Drama
3,C (2000),(no genres listed)
4,D (2000),unknown
`,
      'ratings.csv': `${RATINGS_HEADER}1,1,4,1\n`,
    });
    expect(genres).toEqual(['Children', 'Comédie', 'Drama']);
    expect(movies.map((movie) => movie.genres)).toEqual([
      ['Children', 'Comédie', 'Drama'],
      ['Comédie', 'Drama'],
      [],
      [],
    ]);
  });

  it.each([
    ['movies.csv has no usable movie', { 'movies.csv': 'movieId,title,genres\n' }],
    ['ratings.csv has no usable rating', { 'ratings.csv': RATINGS_HEADER }],
    [
      'the first line must name the columns, and lacks rating',
      { 'ratings.csv': 'userId,movieId,stars\n1,10,4\n' },
    ],
  ])('refuses data that is of no use: %s', async (message, files) => {
    await expect(readFiles({ ...PLAIN_CSV, ...files })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(message),
    });
  });
});

describe('what does not fit in memory', () => {
  const rows = Array.from(
    { length: 500 },
    (_, index) => `${(index * 37) % 101},${10 + 10 * (index % 2)},4,${index}`,
  );
  const files = { ...PLAIN_CSV, 'ratings.csv': `${RATINGS_HEADER}${rows.join('\n')}\n7,99,4,1\n` };

  it('is sorted below the folder given, with the same outcome, and nothing stays', async () => {
    const source = writeFolder(files);
    const folder = join(temporaryFolder(), 'imports');
    const inMemory = await readPath(source);
    const onDisk = await readPath(source, { spill: { folder, fingerprint: 'one' }, ratingsInMemory: 1 });
    expect(onDisk.identity).toBe(inMemory.identity);
    expect(storedRatings(onDisk)).toEqual(storedRatings(inMemory));
    expect(onDisk.duplicateLines).toEqual(inMemory.duplicateLines);
    expect(onDisk.skipped.describe()).toEqual(inMemory.skipped.describe());
    expect(readdirSync(folder)).toHaveLength(1);
    onDisk.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is kept for the next reading of the same source, and removed by that of another', async () => {
    const source = writeFolder(files);
    const folder = join(temporaryFolder(), 'imports');
    const stages: string[] = [];
    const progress: Progress = {
      stage: (name) => {
        stages.push(name);
        return { update() {}, finish() {} };
      },
      close() {},
    };
    const read = (fingerprint: string) =>
      readPath(source, { spill: { folder, fingerprint }, ratingsInMemory: 1, progress });
    const first = await read('one');
    first.release('keep');
    stages.length = 0;
    const second = await read('one');
    expect(stages).not.toContain('reading ratings');
    expect(second.identity).toBe(first.identity);
    expect(second.skipped.describe()).toEqual(first.skipped.describe());
    second.release('keep');
    const third = await read('two');
    expect(stages).toContain('reading ratings');
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^two\./)]);
    third.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the identity', () => {
  it('is that of the content, whatever the order of rows and columns', async () => {
    const { identity } = await readFiles(PLAIN_CSV);
    const shuffled = await readFiles({
      ...PLAIN_CSV,
      'ratings.csv': `timestamp,rating,movieId,userId
900000000,0.5,20,1
1100000001,3.0,10,2
,5.0,10,1
1100000000,4.50,20,2
`,
    });
    expect(shuffled.identity).toBe(identity);
  });

  it.each([
    ['a rating', 'ratings.csv', '2,10,3,', '2,10,3.5,'],
    ['a time', 'ratings.csv', '1,10,5,', '1,10,5,7'],
    ['a title', 'movies.csv', 'Zero Tide', 'Zero Tides'],
    ['a genre', 'movies.csv', 'Drama|Mystery', 'Drama'],
    ['a link', 'links.csv', '30,,78', '30,,79'],
  ] as const)('differs by %s', async (_, file, from, to) => {
    const changed = PLAIN_CSV[file].replace(from, to);
    expect(changed).not.toBe(PLAIN_CSV[file]);
    const [one, other] = await Promise.all([
      readFiles(PLAIN_CSV),
      readFiles({ ...PLAIN_CSV, [file]: changed }),
    ]);
    expect(other.identity).not.toBe(one.identity);
  });
});
