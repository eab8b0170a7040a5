import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { GenreEntity, openDatabase } from '../../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-private-'));
afterAll(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

it.each(['node-sqlite', 'node-sqlite3-wasm'] as const)(
  'a database of %s is its owner’s alone, with its journals and its new folder',
  async (sqliteEngine) => {
    const home = join(folder, sqliteEngine);
    const file = join(home, 'films.sqlite');
    const open = () => openDatabase({ url: `sqlite:${file}`, sqliteEngine });
    const database = await open();
    await database.dataSource.getRepository(GenreEntity).insert({ genreId: 1, name: 'War', movieCount: 0 });
    expect(modeOf(home)).toBe('700');
    expect(modeOf(file)).toBe('600');
    if (sqliteEngine === 'node-sqlite')
      for (const end of ['-wal', '-shm']) expect(modeOf(file + end)).toBe('600');
    await database.close();

    chmodSync(file, 0o644);
    await (await open()).close();
    expect(modeOf(file)).toBe('600');
    // A group's rights are somebody's wish.
    chmodSync(file, 0o660);
    await (await open()).close();
    expect(modeOf(file)).toBe('660');
  },
);

it('a folder in the place of a database is refused, and stays open to those who may enter it', async () => {
  const shared = join(folder, 'shared');
  mkdirSync(shared, { mode: 0o755 });
  await expect(openDatabase({ url: `sqlite:${shared}` })).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: expect.stringContaining('is a folder: name a database file in it'),
  });
  expect(modeOf(shared)).toBe('755');
});
