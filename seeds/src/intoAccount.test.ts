import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readConfig } from '@pocketrocket/runtime';
import {
  AccountEntity,
  databaseUrlProblems,
  openDatabase,
  RatingEntity,
  recomputeAggregates,
  toHistogramColumns,
  UserEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { importDataset } from './importDataset.ts';
import { runIntoAccount } from './intoAccount.ts';
import type { PersonalReport } from './personal/report.ts';
import { PLAIN_CSV, readFiles, silent } from './test/datasets.ts';
import { temporaryFolder, writeFolder } from './test/files.ts';

const EMAIL = 'ann@example.org';
const USER_ID = 1_000_000_000;
const EXPORT = {
  'ratings.csv': `Date,Name,Year,Letterboxd URI,Rating
2024-03-01,The Paper Lighthouse,1954,u,5
2024-03-02,"Crème, Brulee & Co",2003,u,2.5
2024-03-03,Zero Tide,,u,4
2024-03-04,Zero Tides,2010,u,4
`,
  'watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-01,Elsewhere,1988,u\n',
};

const config = readConfig(
  { POCKETROCKET_HOME: temporaryFolder(), DATABASE_URL: `sqlite:${join(temporaryFolder(), 'own.sqlite')}` },
  databaseUrlProblems,
);
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ url: config.databaseUrl });
  await importDataset(database, await readFiles(PLAIN_CSV), { replace: false, progress: silent });
  await database.dataSource.getRepository(AccountEntity).insert({
    userId: USER_ID,
    accountId: 'x'.repeat(22),
    email: EMAIL,
    passwordHash: 'x',
    createdAtSeconds: 1,
  });
  await database.dataSource.getRepository(UserEntity).insert({
    userId: USER_ID,
    name: 'Ann',
    histogram: toHistogramColumns(Array(10).fill(0) as number[]),
  });
});
afterAll(() => database.close());

/** Runs the command and gives what it prints. */
async function run(path: string | null, options: Partial<Parameters<typeof runIntoAccount>[3]> = {}) {
  const out = new PassThrough();
  const streams = { out, err: process.stderr };
  await runIntoAccount(config, streams, path, { intoAccount: EMAIL, progress: 'none', ...options });
  return String(out.read() as Buffer);
}

const stored = async () => {
  const ratings = await database.dataSource.getRepository(RatingEntity).find({
    where: { userId: USER_ID },
    order: { movieId: 'ASC' },
  });
  return ratings.map(({ movieId, halfStars }) => [movieId, halfStars]);
};

describe('seed --into-account', () => {
  it('stores what it finds, lists what it does not, and takes all back', async () => {
    const folder = writeFolder(EXPORT);
    expect(JSON.parse(await run(folder, { dryRun: true, json: true }))).toMatchObject({
      status: 'checked',
      importId: null,
      matched: 3,
    });
    expect(await stored()).toEqual([]);

    const report = JSON.parse(await run(folder, { json: true })) as PersonalReport;
    expect(report).toMatchObject({
      status: 'stored',
      service: 'Letterboxd',
      films: { rating: 4, watched: 0, like: 0, watchlist: 1 },
      outcomes: { stored: 3, unchanged: 0, kept: 0 },
      unmatched: [{ title: 'Zero Tides', year: 2010, candidates: [expect.stringContaining('Zero Tide')] }],
    });
    expect(await stored()).toEqual([
      [10, 10],
      [20, 5],
      [30, 8],
    ]);
    const recounted = await recomputeAggregates(database, false);
    expect(recounted.filter(({ numDifferent }) => numDifferent > 0)).toEqual([]);

    const again = await run(folder);
    const importOfAgain = /--undo (\S+)/.exec(again)?.[1] ?? '';
    expect(again).toContain('Letterboxd: 4 rated, 1 to be watched.');
    expect(again).toMatch(/Not found here, 1:\n {2}Zero Tides \(2010\); perhaps Zero Tide\n/);
    expect(again).toContain(`0 ratings stored for ${EMAIL}, 3 were there already`);

    expect(await run(null, { undo: report.importId ?? '' })).toBe(
      '0 ratings taken back, 3 kept as they were changed since or are of a later import too.\n',
    );
    expect(await run(null, { undo: importOfAgain })).toMatch(/^3 ratings taken back, 0 kept/);
    expect(await stored()).toEqual([]);
  });

  it('stores the later of two ratings of a movie, in whatever order and by whatever titles', async () => {
    const rows = ['2024-05-01,The Paper Lighthouse,1954,u,5', '2020-01-01,Paper Lighthouse,1955,u,1'];
    for (const order of [rows, [...rows].reverse()]) {
      const folder = writeFolder({
        'ratings.csv': `Date,Name,Year,Letterboxd URI,Rating\n${order.join('\n')}\n`,
      });
      const report = JSON.parse(await run(folder, { json: true })) as PersonalReport;
      expect(report).toMatchObject({ matched: 1, outcomes: { stored: 1 } });
      expect(await stored()).toEqual([[10, 10]]);
      await run(null, { undo: report.importId ?? '' });
    }
  });

  it('reads a file by its own name, whatever its folders are called', async () => {
    const folder = writeFolder({ 'lists/ratings.csv': EXPORT['ratings.csv'] });
    const report = JSON.parse(
      await run(join(folder, 'lists', 'ratings.csv'), { json: true, dryRun: true }),
    ) as object;
    expect(report).toMatchObject({ matched: 3 });
  });

  it('lists the first films alone that it does not find', async () => {
    const films = Array.from({ length: 201 }, (_, place) => `2024-01-01,Elsewhere ${place},1970,u,4\n`);
    const folder = writeFolder({
      'ratings.csv': `Date,Name,Year,Letterboxd URI,Rating\n${films.join('')}`,
    });
    expect(await run(folder)).toMatch(/Elsewhere 199 \(1970\)\n {2}and 1 more: --json lists all\nNothing/);
  });

  it('says that there is nothing to store', async () => {
    const folder = writeFolder({ 'watchlist.csv': EXPORT['watchlist.csv'] });
    expect(await run(folder)).toContain(`Nothing to store for ${EMAIL}: no rated film was found here.`);
  });

  it('says what is missing or wrong', async () => {
    await expect(run(writeFolder(EXPORT), { intoAccount: 'bob@example.org' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('no account with the email address bob@example.org'),
    });
    await expect(run(writeFolder(PLAIN_CSV))).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('ratings of many people, not of one'),
    });
    await expect(run('nowhere.zip')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(run(null)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(run(null, { undo: 'unknown' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
