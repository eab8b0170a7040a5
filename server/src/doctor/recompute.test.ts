import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase, recomputeAggregates } from '@pocketrocket/schema/database';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { recomputeFindings } from './recompute.ts';

describe('recomputing by the doctor', () => {
  let config: Config;
  beforeAll(() => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-recompute-'));
    config = readConfig({ POCKETROCKET_HOME: home }, databaseUrlProblems);
  });

  it('says where there is no database, and makes none', async () => {
    const none = [{ part: 'aggregates', status: 'warn', message: 'there is no database file yet' }];
    expect(await recomputeFindings(config, true)).toEqual(none);
    expect(await recomputeFindings(config, false)).toEqual(none);
  });

  it('fails with what to do until the differences are mended', async () => {
    const database = await openDatabase({ url: config.databaseUrl });
    await fillDatabase(database, makeFixture());
    // The fixture rounds damped means.
    await recomputeAggregates(database, true);
    await database.dataSource.query('UPDATE movie SET ratingCount = ratingCount + 1 WHERE movieId = 1');
    await database.close();
    const statuses = async (mend: boolean) =>
      (await recomputeFindings(config, mend)).map(({ status, message, advice }) => [status, message, advice]);
    const right = (table: string) => ['ok', `${table}: all rows agree with the ratings`, undefined];
    const example = /1 row.*, such as movie 1: ratingCount is \d+, the ratings give \d+$/;
    expect(await statuses(false)).toEqual([
      right('genre'),
      ['fail', expect.stringMatching(example), 'npm run doctor -- --recompute --mend'],
      right('user'),
      right('user_genre'),
    ]);
    expect((await statuses(true))[1]).toEqual([
      'ok',
      expect.stringMatching(/^movie: mended 1 row/),
      undefined,
    ]);
    expect(await statuses(false)).toEqual(['genre', 'movie', 'user', 'user_genre'].map(right));
  });
});
