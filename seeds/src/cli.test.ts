import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { entryOf } from '@pocketrocket/testing';
import { PLAIN_CSV } from './test/datasets.ts';
import { temporaryFolder, writeFolder } from './test/files.ts';

const ENTRY = entryOf(join(import.meta.dirname, 'cli.ts'));
const LOADER = ENTRY.endsWith('.ts') ? ['--import=tsx', '--conditions=@pocketrocket/source'] : [];
const home = join(temporaryFolder(), 'home');

/** Runs the command line as `npm run seed -- …` does. */
function seed(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...LOADER, ENTRY, ...argv], {
    cwd: resolve(import.meta.dirname, '../..'),
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      POCKETROCKET_HOME: home,
      TSX_TSCONFIG_PATH: 'tsconfig.base.json',
    },
  });
  return { status, stdout, stderr };
}

describe('npm run seed', () => {
  it('imports, says so in one JSON object on stdout, and refuses what does not belong', () => {
    const source = writeFolder({ ...PLAIN_CSV, 'ratings.csv': `${PLAIN_CSV['ratings.csv']}1,99,4,1\n` });
    const dryRun = seed(source, '--dry-run', '--json');
    expect(JSON.parse(dryRun.stdout)).toMatchObject({ status: 'checked', ratings: 4 });
    expect(existsSync(join(home, 'pocketrocket.sqlite'))).toBe(false);

    const imported = seed(source, '--json', '--progress', 'json');
    expect(imported).toMatchObject({ status: 0 });
    expect(imported.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      status: 'imported',
      movies: 3,
      users: 2,
      ratings: 4,
      genres: 3,
      skipped: { unknownMovie: 1, columnCount: 0 },
    });
    expect(imported.stderr).toMatch(/^\{"progress":\{"stage":"reading movies"/);
    expect(imported.stderr).toContain('skipped 1: no such movie\n  ratings.csv:6 (99)');

    const other = writeFolder({ ...PLAIN_CSV, 'links.csv': 'movieId,imdbId,tmdbId\n' });
    expect(seed(other)).toMatchObject({ status: 5, stderr: expect.stringContaining('--replace') });
    expect(JSON.parse(seed(other, '--if-empty', '--json').stdout)).toMatchObject({
      status: 'kept',
      movies: 3,
    });
    expect(seed(source, '--strict', '--replace')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('ratings.csv:6 (99): no such movie'),
    });
    expect(seed(source).stdout).toMatch(
      /4 ratings.*\nKnown: the time of 3 of 4 ratings.*\nNothing to do: .*(?:node-sqlite|node-sqlite3-wasm)/s,
    );
  }, 60_000);

  it('converts, its options being its own', () => {
    const out = join(home, 'csv');
    const { status, stdout } = seed('convert', writeFolder(PLAIN_CSV), '--out', out, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'converted', ratings: 4 });
    expect(readdirSync(out).sort()).toEqual(['links.csv', 'movies.csv', 'ratings.csv', 'source.json']);
  });

  it.each([
    [['--into-account', 'ann@example.org', '--strict', 'export.zip'], '--into-account'],
    [['--into-account', 'ann@example.org', '--undo', 'x', '--dry-run'], '--undo'],
    [['--if-empty', '--replace'], '--if-empty'],
    [['--if-empty', '--dry-run'], '--if-empty'],
  ])(
    'refuses %j, of which an option would do nothing',
    (args, option) => {
      expect(seed(...args)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(new RegExp(`^error: option '${option}.* cannot be used with option `)),
      });
    },
    30_000,
  );

  it('explains itself, and exits with 2 for what it does not know', () => {
    expect(seed('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run seed -- ml-latest-small'),
    });
    expect(seed('--frobnicate')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("unknown option '--frobnicate'"),
    });
    expect(seed('no-such-data')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('names are sample, ml-latest-small'),
    });
  }, 60_000);
});
