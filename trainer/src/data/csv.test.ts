import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readNegativesCsv, readRatingsCsv, readReleaseYearsCsv } from './csv.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketrocket-csv-'));
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('readRatingsCsv', () => {
  it('keeps file order; an empty timestamp is unknown; CRLF and a byte order mark do not matter', async () => {
    const path = write('r.csv', '\uFEFFuserId,movieId,rating,timestamp\r\n7,31,4.5,100\r\n2,1,0.5,\r\n');
    const table = await readRatingsCsv(path);
    expect(table).toEqual({
      userIds: Int32Array.of(7, 2),
      movieIds: Int32Array.of(31, 1),
      ratings: Float32Array.of(4.5, 0.5),
      timestamps: Float64Array.of(100, NaN),
    });
  });

  it('finds columns by name, reads gzip, and takes a missing timestamp column as unknown times', async () => {
    const path = write('r.csv.gz', gzipSync('rating,movieId,userId\n3,8,9\n'));
    const table = await readRatingsCsv(path);
    expect([table.userIds[0], table.movieIds[0], table.ratings[0], table.timestamps[0]]).toEqual([
      9,
      8,
      3,
      NaN,
    ]);
  });

  it('grows beyond its first capacity', async () => {
    const numRows = 70_000;
    const lines = Array.from({ length: numRows }, (_, row) => `${row},1,4,${row}`);
    const table = await readRatingsCsv(
      write('long.csv', `userId,movieId,rating,timestamp\n${lines.join('\n')}\n`),
    );
    expect(table.userIds.length).toBe(numRows);
    expect(table.userIds.every((userId, row) => userId === row)).toBe(true);
  });

  it.each([
    ['userId,movieId,rating\n1,2,3\n1,x,3\n', 'bad.csv:3 (x): id is not a whole number'],
    ['userId,movieId,rating\n1,2,\n', 'bad.csv:2 (): rating is not one of 0.5, 1'],
    ['userId,movieId,rating\n1,2,7\n', 'bad.csv:2 (7): rating is not one of'],
    ['userId,movieId,rating\n1,2,3.7\n', 'bad.csv:2 (3.7): rating is not one of'],
    ['userId,movieId,rating,timestamp\n1,2,3,noon\n', 'bad.csv:2 (noon): timestamp is not a Unix time'],
    ['userId,movieId,rating\n1,2\n', 'bad.csv:2: wrong number of columns'],
    ['user,movieId,rating\n1,2,3\n', 'bad.csv: the first line must name the columns, and lacks userId'],
    ['', 'bad.csv has no ratings'],
  ])('refuses %j, naming file and line', async (content, message) => {
    const reading = readRatingsCsv(write('bad.csv', content));
    await expect(reading).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(message),
    });
    await expect(reading).rejects.toThrow('bad.csv');
  });

  it('says which file does not exist', async () => {
    await expect(readRatingsCsv(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('readNegativesCsv groups by user in file order', async () => {
  const path = write('n.csv', 'userId,movieId\n1,5\n2,6\n1,4\n1,5\n');
  expect([...(await readNegativesCsv(path))]).toEqual([
    [1, [5, 4, 5]],
    [2, [6]],
  ]);
});

it('readNegativesCsv refuses what is no id, naming file and line', async () => {
  const reading = readNegativesCsv(write('bad-negatives.csv', 'userId,movieId\n1,5\n2,six\n'));
  await expect(reading).rejects.toThrow('bad-negatives.csv:3 (six): id is not a whole number');
});

describe('readReleaseYearsCsv', () => {
  it('leaves out movies without a year', async () => {
    const path = write('m.csv', 'movieId,title,releaseYear,genres\n5,"Up, up",2009,Drama\n6,Undated,,\n');
    expect([...(await readReleaseYearsCsv(path))]).toEqual([[5, 2009]]);
  });

  it('refuses what is no year', async () => {
    const reading = readReleaseYearsCsv(write('m.csv', 'movieId,title,releaseYear,genres\n5,Soon,soon,\n'));
    await expect(reading).rejects.toThrow('m.csv:2 (soon): releaseYear is not a year');
  });
});
