import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, createProgress, findSpark } from '@pocketrocket/runtime';
import { FIRST_APP_USER_ID, openDatabase } from '@pocketrocket/schema/database';
import { canTestOn, makeDatabaseOn, openTcpProxy, testServerUrl, type TcpProxy } from '@pocketrocket/testing';
import { describeWithPySpark, SMALL_SPARK } from '@pocketrocket/testing/spark';
import { readRatings } from '../data/database.ts';
import { runRatingsOf } from '../pipeline/ratings/runRatingsInMemory.ts';
import { addAppRatings } from '../test/appData.ts';
import { createTinyDatabase } from '../test/tinyData.ts';
import { ratingSourceOf } from './ratingSource.ts';
import { SparkRun } from './sparkRun.ts';

const SLOW_MS = 900_000;
const progress = createProgress(process.stderr, 'none');

for (const engine of ['mysql', 'mariadb'] as const) {
  const describeOn = canTestOn(engine) ? describeWithPySpark : describe.skip;
  describeOn(`reading ratings of ${engine} on Spark`, (python?: string) => {
    let run: SparkRun;
    let proxy: TcpProxy;
    let database: Awaited<ReturnType<typeof makeDatabaseOn>>;
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-mysql-'));
      database = await makeDatabaseOn(testServerUrl(engine) ?? '');
      await createTinyDatabase(database.url);
      const filled = await openDatabase({ url: database.url });
      await addAppRatings(filled, FIRST_APP_USER_ID, [10, 30, 50, 999_999]);
      await addAppRatings(filled, FIRST_APP_USER_ID + 1, [20, 40]);
      await filled.close();
      proxy = await openTcpProxy(database.url);
      const options = {
        master: 'local[2]',
        source: ratingSourceOf(proxy.url),
        storage: null,
        executorMemory: '1g',
        taskBytes: 2 ** 30,
        mysqlConnector: 'com.mysql:mysql-connector-j:9.7.0',
        conf: SMALL_SPARK,
      };
      run = await SparkRun.open(options, {
        spark: await findSpark({ sparkPython: python ?? null, home: folder }, process.env),
        env: process.env,
        modelDir: folder,
        logger: createLogger({ level: 'warn', name: 'test', stream: process.stderr }),
        progress,
        signal: new AbortController().signal,
      });
    }, SLOW_MS);
    afterAll(async () => {
      await run.close();
      await proxy.close();
      await database.drop();
    }, SLOW_MS);

    it(
      'gives the same ratings in the same order as the trainer reads',
      async () => {
        const here = await openDatabase({ url: database.url });
        const expected = runRatingsOf(await readRatings(here, progress));
        await here.close();
        const { ids, facts, everything } = await run.readRatings('sha256:tiny');
        expect([ids.users.ids, ids.items.ids]).toEqual([expected.ids.users.ids, expected.ids.items.ids]);
        expect(facts).toEqual(expected.facts);
        expect(everything.handle).toEqual(expected.everything.handle);
      },
      SLOW_MS,
    );

    it(
      'refuses another data set than the one it was asked for',
      async () => {
        await expect(run.readRatings('sha256:other')).rejects.toMatchObject({ code: 'DATASET_MISMATCH' });
      },
      SLOW_MS,
    );

    it(
      'says that the server is gone',
      async () => {
        proxy.set({ mode: 'cut' });
        await expect(run.readRatings('sha256:tiny')).rejects.toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          message: expect.stringMatching(/does not answer, or went away.*try again/),
        });
      },
      SLOW_MS,
    );
  });
}

describe('ratingSourceOf', () => {
  it('turns a MySQL URL into one of JDBC, without its password', () => {
    const source = ratingSourceOf('mysql://me:p%40ss@db.example:3307/movies?ssl-mode=REQUIRED');
    expect(source).toMatchObject({ kind: 'mysql', user: 'me', password: 'p@ss' });
    expect(source).toMatchObject({
      url: expect.stringMatching(/^jdbc:mysql:\/\/db\.example:3307\/movies\?.*sslMode=REQUIRED/),
    });
    expect(JSON.stringify(source).match(/p@ss/g)).toHaveLength(1);
  });

  it('takes an export instead, a path or a URI', () => {
    expect(ratingSourceOf('sqlite:x', '/data/export')).toEqual({
      kind: 'parquet',
      folder: 'file:///data/export',
    });
    expect(ratingSourceOf('sqlite:x', 's3a://bucket/export')).toEqual({
      kind: 'parquet',
      folder: 's3a://bucket/export',
    });
  });

  it('refuses what Spark cannot read', () => {
    expect(() => ratingSourceOf('sqlite:x')).toThrow(/Spark reads MySQL, not SQLite.*seed -- export/);
    expect(() => ratingSourceOf('mysql://me@db/movies?ssl-mode=VERIFY_CA&ssl-ca=/etc/ca.pem')).toThrow(
      /trust store/,
    );
  });
});
