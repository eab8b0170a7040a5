import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { databaseUrlProblems, openDatabase, placesOf } from '@pocketrocket/schema/database';
import { claimUse, readConfig, type Config } from '@pocketrocket/runtime';
import { runImport, type ImportOptions } from './commands.ts';
import { holdingsOf } from './backup/holdings.ts';
import { PLAIN_CSV } from './test/datasets.ts';
import { temporaryFolder, writeFolder } from './test/files.ts';

let config: Config;
let said: string;
beforeEach(async () => {
  const home = join(temporaryFolder(), 'home');
  config = readConfig({ POCKETROCKET_HOME: home }, databaseUrlProblems);
  said = '';
  await run(writeFolder(PLAIN_CSV));
  const database = await openDatabase({ url: config.databaseUrl });
  await database.dataSource.query("INSERT INTO user (userId, name) VALUES (1000000000, 'Ada')");
  await database.dataSource.query(
    "INSERT INTO account (userId, accountId, email, passwordHash, createdAtSeconds) VALUES (1000000000, 'ada', 'ada@example.org', 'x', 5)",
  );
  await database.dataSource.query(
    'INSERT INTO rating (userId, movieId, halfStars) SELECT 1000000000, movieId, 9 FROM movie LIMIT 2',
  );
  await database.close();
  await mkdir(join(config.modelDir, 'recmodel', '1'), { recursive: true });
  said = '';
});

const other = () => writeFolder({ ...PLAIN_CSV, 'links.csv': 'movieId,imdbId,tmdbId\n' });

function run(source: string, options: ImportOptions = {}): Promise<void> {
  const stream = { write: (text: string) => void (said += text) } as unknown as NodeJS.WriteStream;
  return runImport(config, { out: stream, err: stream }, source, { progress: 'none', ...options });
}

const held = () => holdingsOf({ url: config.databaseUrl }, config);

describe('a reset', () => {
  it('reads the data first: what cannot be found or read takes nothing away', async () => {
    const before = await held();
    expect(before).toMatchObject({ accounts: 1, accountRatings: 2, modelVersions: [1] });
    await expect(run(join(config.home, 'typo'), { reset: true })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const torn = writeFolder({ ...PLAIN_CSV, 'ratings.csv': 'userId,movieId,rating,timestamp\n' });
    await expect(run(torn, { reset: true })).rejects.toMatchObject({ code: 'BAD_DATA' });
    expect(await held()).toEqual(before);
    const names = await readdir(config.home);
    expect(names.filter((name) => /restoring|in-use|reset/.test(name))).toEqual([]);
  });

  it('says what goes before it does, and then puts the new data in its place', async () => {
    await run(other(), { reset: true, dryRun: true });
    const told =
      /--reset removes the data set \S+ \(3 movies, 2 users, \d ratings\), 1 account with 2 ratings, 1 version of the model \(1\)\.\n/;
    expect(said).toMatch(told);
    expect(await held()).toMatchObject({ accounts: 1 });
    said = '';
    await run(other(), { reset: true });
    expect(said).toMatch(told);
    expect(await held()).toMatchObject({ dataset: { movies: 3 }, accounts: 0, modelVersions: [] });
    expect(existsSync(join(config.modelDir, 'recmodel'))).toBe(false);
  });

  it('removes what resets that were killed have left', async () => {
    await writeFile(join(config.home, 'pocketrocket.sqlite.restoring-1'), 'half');
    await mkdir(join(config.modelDir, 'recmodel.reset-1', '1'), { recursive: true });
    await run(other(), { reset: true });
    const names = [...(await readdir(config.home)), ...(await readdir(config.modelDir))];
    expect(names.filter((name) => /restoring|reset/.test(name))).toEqual([]);
  });

  it('is refused while the home is in use, and keeps others away while it runs', async () => {
    const before = await held();
    const release = claimUse(placesOf(config), { purpose: 'server' });
    await expect(run(other(), { reset: true })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(
        new RegExp(`^a server \\(process ${process.pid}, since .*nothing was changed`),
      ),
    });
    expect(await held()).toEqual(before);
    release();
    const alone = claimUse(placesOf(config), { purpose: 'reset', isExclusive: true });
    await expect(run(other(), { replace: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    alone();
  });

  it('also mends a home whose database is damaged', async () => {
    await writeFile(join(config.home, 'pocketrocket.sqlite'), 'no database at all '.repeat(300));
    await run(other(), { reset: true });
    expect(said).toMatch(/--reset removes a database that cannot be read \(/);
    expect(await held()).toMatchObject({ dataset: { movies: 3 }, unreadable: null });
  });
});

describe('a replacing import', () => {
  it('says what goes and what of the accounts stays, before it does', async () => {
    const fewer = writeFolder({
      'movies.csv': PLAIN_CSV['movies.csv'].split('\n').slice(0, 2).join('\n') + '\n',
      'ratings.csv': 'userId,movieId,rating,timestamp\n1,10,4,1\n2,10,5,1\n',
    });
    await run(fewer, { replace: true });
    expect(said).toMatch(/^--replace removes the data set \S+ \(3 movies, 2 users, 4 ratings\)\.$/m);
    expect(said).toMatch(/^1 account and 1 rating of theirs stay; 1 rating of movies that \S+ lacks go\.$/m);
    expect(said.indexOf('removes')).toBeLessThan(said.indexOf('Replaced the data'));
    expect(await held()).toMatchObject({ accounts: 1, accountRatings: 1 });
  });
});
