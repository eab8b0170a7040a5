import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { entryOf, importedSample, until } from '@pocketrocket/testing';
import { temporaryFolder } from '../test/files.ts';

const ENTRY = entryOf(join(import.meta.dirname, 'cli.ts'));
const LOADER = ENTRY.endsWith('.ts') ? ['--import=tsx', '--conditions=@pocketrocket/source'] : [];
const SLOW_TEST_MS = 120_000;

const folder = temporaryFolder();
const file = join(folder, 'whole', 'a.backup');
const sample = join(folder, 'sample');
beforeAll(async () => {
  // A copy, as a backup too opens the database, and one that is stopped leaves its `-wal`.
  cpSync(await importedSample(), sample, { recursive: true });
  mkdirSync(join(folder, 'whole'));
  expect(await run(sample, 'backup', '--out', file).end).toMatchObject({ status: 0 });
}, SLOW_TEST_MS);

/** Runs `npm run backup` or `npm run restore` on a home. */
function run(home: string, ...argv: string[]) {
  const child = spawn(process.execPath, [...LOADER, ENTRY, ...argv, '--progress', 'none'], {
    cwd: resolve(import.meta.dirname, '../../..'),
    env: { PATH: process.env['PATH'], POCKETROCKET_HOME: home, TSX_TSCONFIG_PATH: 'tsconfig.base.json' },
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const end = once(child, 'close').then(([status, signal]: unknown[]) => ({ status, signal, stderr }));
  return { child, end };
}

const namesIn = (place: string) => readdirSync(place).sort();

describe('a backup or restore that is stopped by Ctrl+C', () => {
  it(
    'leaves nothing of the backup',
    async () => {
      const place = join(folder, 'stopped');
      mkdirSync(place);
      const home = join(folder, 'backed-up');
      cpSync(sample, home, { recursive: true });
      const { child, end } = run(home, 'backup', '--out', join(place, 'b.backup'));
      await until('it writes', () => namesIn(place).some((name) => name.includes('.partial-')), SLOW_TEST_MS);
      child.kill('SIGINT');
      expect(await end).toMatchObject({ signal: 'SIGINT' });
      expect(namesIn(place)).toEqual([]);
    },
    SLOW_TEST_MS,
  );

  it(
    'leaves the home of the restore as it was',
    async () => {
      const home = join(folder, 'home');
      cpSync(sample, home, { recursive: true });
      const before = namesIn(home);
      const { child, end } = run(home, 'restore', file, '--replace');
      await until(
        'it writes',
        () => namesIn(home).some((name) => name.includes('.restoring-')),
        SLOW_TEST_MS,
      );
      child.kill('SIGINT');
      expect(await end).toMatchObject({ signal: 'SIGINT' });
      expect(namesIn(home).filter((name) => !name.endsWith('.in-use'))).toEqual(before);
    },
    SLOW_TEST_MS,
  );
});

const isRoot = process.getuid?.() === 0;
if (process.env['CI'] && !isRoot) throw new Error('only root can make a small disk');
(isRoot ? describe : describe.skip)('a backup or restore on a disk that is full', () => {
  const disk = join(folder, 'disk');
  const filler = join(disk, 'filler');
  beforeAll(() => {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk]);
  });
  afterAll(() => void execFileSync('umount', [disk]));

  /** Fills the disk but for some megabytes. */
  function leaveRoom(megabytes: number): void {
    rmSync(filler, { force: true });
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - megabytes * 1_000_000));
  }

  it.each([
    [
      'the copy of the database',
      4,
      /^error: \S+ cannot be written: there is no room beside it for a copy of the database\n$/,
    ],
    ['the backup', 11.2, /^error: \S+ cannot be written: ENOSPC: no space left on device, write\n$/],
  ])(
    'has no room for %s: says so in a line, and leaves nothing',
    async (_, megabytes, message) => {
      leaveRoom(megabytes);
      const { end } = run(sample, 'backup', '--out', join(disk, 'b.backup'));
      expect(await end).toEqual({ status: 7, signal: null, stderr: expect.stringMatching(message) });
      expect(namesIn(disk)).toEqual(['filler']);
    },
    SLOW_TEST_MS,
  );

  it.each([
    ['its mark', 0, /^error: .*ENOSPC: no space left on device.*: its disk is full: make room, .*\n$/],
    ['the tables', 0.1, /^error: the database file cannot be used: database or disk is full \(.*\n$/],
    ['the rows', 4, /^error: .*nothing was changed: .* is full; free disk space and try again\n$/],
  ])(
    'has no room for %s that a restore writes: says so in a line, and changes nothing',
    async (_, megabytes, message) => {
      leaveRoom(megabytes);
      const { end } = run(join(disk, 'home'), 'restore', file);
      expect(await end).toEqual({
        status: 7,
        signal: null,
        stderr: expect.stringMatching(message),
      });
      const left = readdirSync(join(disk, 'home'), { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFile())).toEqual([]);
    },
    SLOW_TEST_MS,
  );
});
