import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { GenreEntity, inspectDatabase, openDatabase } from '../../index.ts';

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

it.each(['node-sqlite', 'node-sqlite3-wasm'] as const)(
  'a folder in the place of the file is refused by %s, and stays as it was',
  async (sqliteEngine) => {
    const inner = join(folder, `${sqliteEngine}-folder`);
    mkdirSync(inner);
    chmodSync(inner, 0o755);
    const address = { url: `sqlite:${inner}`, sqliteEngine };
    for (const opened of [openDatabase(address), inspectDatabase(address)])
      await expect(opened).rejects.toMatchObject({
        code: 'ENVIRONMENT',
        message: `${inner} is a folder: name a file in it, such as sqlite:${inner}/pocketrocket.sqlite`,
      });
    expect(modeOf(inner)).toBe('755');
    expect(readdirSync(inner)).toEqual([]);
  },
);

it('the rights of a file that is no database stay', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'milk, bread, butter');
  chmodSync(file, 0o644);
  await expect(openDatabase({ url: `sqlite:${file}` })).rejects.toMatchObject({ code: 'ENVIRONMENT' });
  expect(modeOf(file)).toBe('644');

  const empty = join(folder, 'empty.sqlite');
  writeFileSync(empty, '');
  chmodSync(empty, 0o644);
  await (await openDatabase({ url: `sqlite:${empty}` })).close();
  expect(modeOf(empty)).toBe('600');
});
