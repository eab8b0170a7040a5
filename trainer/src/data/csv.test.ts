import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RatingIds } from '@pocketrocket/formats';
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

  it('takes ones alone as implicit feedback, and says so', async () => {
    const file = join(folder, 'ones.csv');
    writeFileSync(file, 'userId,movieId,rating\n1,2,1\n2,2,1\n3,2,1\n4,2,1\n5,2,1\n');
    const said: string[] = [];
    const { ratings } = await readRatingsCsv(file, { say: (line) => said.push(line) });
    expect([...ratings]).toEqual([5, 5, 5, 5, 5]);
    expect(said.join()).toContain('every rating is 1: they are taken as implicit feedback');
  });

  it.each([
    ['userId,movieId,rating\n1,2,3\n1,NaN,3\n', '1 of 2 rows .*id is missing.*bad.csv:3 \\(NaN\\)'],
    ['userId,movieId,rating\n1,2,\n', 'there is no rating.*bad.csv:2'],
    ['userId,movieId,rating\n1,2,7\n', 'rating is not one of.*bad.csv:2 \\(7\\).*--scale 10'],
    ['userId,movieId,rating\n1,2,3.7\n', 'rating is not one of.*bad.csv:2 \\(3.7\\).*between half stars'],
    ['userId,movieId,rating\n1,2,0\n2,2,1\n3,2,1\n4,2,1\n5,2,1\n', '--scale likes'],
    ['userId,movieId,rating,timestamp\n1,2,3,noon\n', 'neither Unix time nor a date.*bad.csv:2 \\(noon\\)'],
    ['userId,movieId,rating,timestamp\n1,2,3,1602592000000\n', '--time-unit ms'],
    ['userId,movieId,rating\n1,2\n', 'wrong number of columns.*bad.csv:2.*names 3 columns, line 2 has 2'],
    ['colour,movieId,rating\n1,2,3\n', 'bad.csv: the first line must name the columns, and lacks userId'],
    ['', 'bad.csv has no ratings'],
  ])('refuses %j, naming file and line', async (content, message) => {
    const reading = readRatingsCsv(write('bad.csv', content));
    await expect(reading).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(new RegExp(message, 's')),
    });
    await expect(reading).rejects.toThrow('bad.csv');
  });

  it('takes every option that imports take, and says what it leaves out', async () => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const path = write('ten.csv', 'User ID;Film;Score;Date\n1;5;9;2020-10-13\n1;6;11;\n2;5;1;\n2;5;10;\n');
    const table = await readRatingsCsv(path, { scale: '10', allowSkipped: true, say });
    expect(table).toEqual({
      userIds: Int32Array.of(1, 2),
      movieIds: Int32Array.of(5, 5),
      ratings: Float32Array.of(4.5, 5),
      timestamps: Float64Array.of(1_602_547_200, NaN),
    });
    expect(said).toEqual([
      'skipped 1: rating is not a number from 0 to 10',
      '  ten.csv:3 (11)',
      'ten.csv: rated again: 1 ratings were left out, as a later one counts',
    ]);
    const inMs = write('ms.csv', 'userId,movieId,rating,timestamp\n1,5,3,1602592000123\n');
    expect((await readRatingsCsv(inMs, { timeUnit: 'ms' })).timestamps[0]).toBe(1_602_592_000);
  });

  it('stops at the first bad row where it is asked to, before it looks for a cause', async () => {
    const path = write('bad.csv', 'userId,movieId,rating,timestamp\n1,5,9,1\n2,5,8,1\n');
    await expect(readRatingsCsv(path, { strict: true })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(/^bad\.csv:2 \(9\): .*\(--strict\)$/),
    });
  });

  it('keeps the latest rating of a pair in the place of its row', async () => {
    const rows = ['1,5,1,100', '2,5,2,9', '1,5,3,50', '3,3,1,', '2,5,4,9', '3,3,2,4', '1,5,5,100', '0,1,4,'];
    const path = write('again.csv', `userId,movieId,rating,timestamp\n${rows.join('\n')}\n`);
    const { userIds, ratings } = await readRatingsCsv(path);
    expect([...userIds].map((userId, row) => [userId, ratings[row]])).toEqual([
      [2, 4],
      [3, 2],
      [1, 5],
      [0, 4],
    ]);
  });

  it('says which file does not exist', async () => {
    await expect(readRatingsCsv(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('ids that are no plain numbers are the same in all files of one evaluation', async () => {
  const ids = new RatingIds();
  const train = await readRatingsCsv(
    write('t.csv', 'userId,movieId,rating,timestamp\nann,tt2,4,1\n3000000000,tt1,4,2\n5,7,4,3\n'),
    { ids },
  );
  const holdout = await readRatingsCsv(write('h.csv', 'movieId,userId,rating\ntt1,ann,4\n7,3000000000,4\n'), {
    ids,
  });
  const [ann, big, five] = train.userIds;
  const [two, one, seven] = train.movieIds;
  expect([five, seven]).toEqual([5, 7]);
  expect(new Set([ann, big, five]).size + new Set([two, one, seven]).size).toBe(6);
  expect([holdout.userIds, holdout.movieIds]).toEqual([
    Int32Array.of(ann ?? 0, big ?? 0),
    Int32Array.of(one ?? 0, 7),
  ]);
  const negatives = await readNegativesCsv(write('n.csv', 'userId,movieId\nann,tt2\n'), ids);
  expect([...negatives]).toEqual([[ann, [two]]]);
  const years = await readReleaseYearsCsv(
    write('m.csv', 'movieId,title,releaseYear,genres\ntt1,One,1999,\n'),
    ids,
  );
  expect([...years]).toEqual([[one, 1999]]);
});

it('readNegativesCsv groups by user in file order', async () => {
  const path = write('n.csv', 'userId,movieId\n1,5\n2,6\n1,4\n1,5\n');
  expect([...(await readNegativesCsv(path))]).toEqual([
    [1, [5, 4, 5]],
    [2, [6]],
  ]);
});

it('readNegativesCsv refuses what is no id, naming file and line', async () => {
  const reading = readNegativesCsv(write('bad-negatives.csv', 'userId,movieId\n1,5\n2,NaN\n'));
  await expect(reading).rejects.toThrow('bad-negatives.csv:3 (NaN): id is missing');
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
