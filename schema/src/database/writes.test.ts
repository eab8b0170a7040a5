import { renameSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { asUnavailable, databaseFileOf, dialectOf, openDatabase, type Database } from './index.ts';

const rooms: TestRoom[] = [];
const databases: Database[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
  for (const room of rooms.splice(0)) await room.drop();
});

async function open(engine: 'node-sqlite' | 'node-sqlite3-wasm') {
  const room = await makeTestRoom(engine);
  rooms.push(room);
  const database = await openDatabase(room.options);
  databases.push(database);
  const write = (names = ['Drama']) =>
    database
      .transaction(async (manager) => {
        for (const [index, name] of names.entries())
          await manager.query('INSERT INTO genre (genreId, name) VALUES (?, ?)', [index + 1, name]);
      })
      .catch((error: unknown) => {
        throw asUnavailable(error);
      });
  return { database, write, file: databaseFileOf(room.options.url) ?? '' };
}

describe.each(['node-sqlite', 'node-sqlite3-wasm'] as const)('%s', (engine) => {
  it('that is read-only says so, goes on reading, and takes writes again', async () => {
    const { database, write } = await open(engine);
    expect(database.writes.problem()).toBeNull();
    await database.dataSource.query('PRAGMA query_only = ON');
    await expect(write()).rejects.toMatchObject({
      code: 'WRITES_REFUSED',
      message: expect.stringContaining('read-only'),
    });
    expect(database.writes.problem()).toMatchObject({ failure: 'readOnly' });
    expect(await database.dataSource.query('SELECT * FROM genre')).toEqual([]);
    await database.dataSource.query('PRAGMA query_only = OFF');
    await database.writes.look();
    expect(database.writes.problem()).toBeNull();
    await database.dataSource.query('PRAGMA query_only = ON');
    await database.writes.look();
    expect(database.writes.problem()).toMatchObject({ failure: 'readOnly' });
  });

  it('that is full says so, and has written all or nothing', async () => {
    const { database, write } = await open(engine);
    const [row] = await database.dataSource.query<{ page_count: number }[]>('PRAGMA page_count');
    const pages = row?.page_count ?? 0;
    await database.dataSource.query(`PRAGMA max_page_count = ${pages}`);
    const names = Array.from({ length: 4000 }, (_, index) => `A genre of a long name, the number ${index}`);
    await expect(write(names)).rejects.toMatchObject({
      code: 'WRITES_REFUSED',
      message: expect.stringContaining('full'),
    });
    expect(database.writes.problem()).toMatchObject({ failure: 'full' });
    expect(await database.dataSource.query('SELECT * FROM genre')).toEqual([]);
  });

  it('acknowledges no write to a file that is no longer there, or another', async () => {
    const { database, write, file } = await open(engine);
    renameSync(file, `${file}.aside`);
    await expect(write()).rejects.toMatchObject({ code: 'WRITES_REFUSED' });
    expect(database.writes.problem()).toMatchObject({ failure: 'moved' });
    renameSync(`${file}.aside`, file);
    await write(['Comedy', 'Musical']).catch(() => undefined);
    await database.writes.look();
    expect(database.writes.problem()).toBeNull();
  });
});

describe('an error of MySQL', () => {
  it.each([
    ['ER_OPTION_PREVENTS_STATEMENT', 'WRITES_REFUSED', 'read-only'],
    ['ER_READ_ONLY_MODE', 'WRITES_REFUSED', 'read-only'],
    ['ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', 'WRITES_REFUSED', 'read-only'],
    ['ER_DISK_FULL', 'WRITES_REFUSED', 'full'],
    ['ER_RECORD_FILE_FULL', 'WRITES_REFUSED', 'full'],
    ['ER_LOCK_DEADLOCK', 'UPSTREAM_UNAVAILABLE', 'nothing was written'],
    ['ER_LOCK_WAIT_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'nothing was written'],
  ])('%s is %s', (code, reported, words) => {
    const error = asUnavailable(Object.assign(new Error('in the words of the server'), { code }));
    expect(error).toMatchObject({ code: reported, message: expect.stringContaining(words) });
  });

  it('about a privilege is one of writes where it is about a write', () => {
    const dialect = dialectOf('mysql://localhost/any');
    const denied = (command: string) =>
      dialect.failureOf(
        Object.assign(new Error(`${command} command denied to user`), {
          code: 'ER_TABLEACCESS_DENIED_ERROR',
        }),
      );
    expect([denied('INSERT'), denied('UPDATE'), denied('SELECT')]).toEqual(['denied', 'denied', null]);
  });
});
