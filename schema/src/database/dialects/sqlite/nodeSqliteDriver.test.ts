import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../index.ts';
import { failureOfSqlite, isOldSnapshot } from './errors.ts';
import { nativeSqliteProblem } from './nativeDriver.ts';
import { nativeSqliteModule } from './nativeModule.ts';
import { NodeSqlite } from './nodeSqliteDriver.ts';

const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-native-'));
afterAll(() => rmSync(folder, { recursive: true }));

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('the native SQLite', () => {
  it('is Node.js’ own from the release on that no longer calls it experimental', () => {
    for (const version of ['20.19.0', '22.23.5', '24.14.1'])
      expect(nativeSqliteModule(version)).toBe('@photostructure/sqlite');
    for (const version of ['24.15.0', '24.21.0', '26.0.0'])
      expect(nativeSqliteModule(version)).toBe('node:sqlite');
  });

  it('is what a database is opened with', async () => {
    expect(nativeSqliteProblem()).toBeNull();
    const database = await openDatabase({ url: 'sqlite::memory:' });
    expect(database.engine).toBe('node-sqlite');
    await database.close();
  });

  it('serves without a word on stderr, outlives statements that are garbage collected, and leaves the file alone at the end', () => {
    const script = `
      const { NodeSqlite } = await import(${JSON.stringify(new URL('nodeSqliteDriver.ts', import.meta.url).href)});
      for (let turn = 0; turn < 5; turn++) {
        const database = new NodeSqlite(':memory:');
        for (let index = 0; index < 2000; index++) database.prepare('SELECT ' + index).all();
        globalThis.gc();
        if (turn % 2) database.close();
      }
      globalThis.gc();
      const connections = [1, 2].map(() => new NodeSqlite(process.env.FILE));
      connections[0].pragma('journal_mode = WAL');
      connections[0].exec('CREATE TABLE film (id INTEGER)');
      globalThis.kept = connections.map((database) => database.prepare('SELECT * FROM film'));
      for (const statement of globalThis.kept) statement.all();
      for (const database of connections) database.close();
      process.exitCode = 7;`;
    const file = join(folder, 'process.sqlite');
    const run = () =>
      execFileSync(process.execPath, ['--expose-gc', '--import=tsx', '--input-type=module', '-e', script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], FILE: file },
      });
    expect(thrownBy(run)).toMatchObject({ status: 7, stderr: '' });
    expect(readdirSync(folder)).toEqual(['process.sqlite']);
  });
});

describe('its driver', () => {
  it('answers rows as objects like any other, and binds what TypeORM hands it', () => {
    const database = new NodeSqlite(':memory:');
    const statement = database.prepare(
      'SELECT ? AS whole, ? AS real, ? AS text, ? AS absent, ? AS big, ? AS bytes',
    );
    expect(statement.reader).toBe(true);
    expect(statement.all(2 ** 40, 0.5, 'né', undefined, 5n, Buffer.from([1, 2]))).toStrictEqual([
      { whole: 2 ** 40, real: 0.5, text: 'né', absent: null, big: 5, bytes: expect.any(Uint8Array) },
    ]);
    database.close();
  });

  it('tells what changed, and which statements answer rows', () => {
    const database = new NodeSqlite(':memory:').exec('CREATE TABLE film (id INTEGER PRIMARY KEY, name TEXT)');
    const insert = database.prepare('INSERT INTO film (name) VALUES (?), (?)');
    expect(insert.reader).toBe(false);
    expect(insert.run('Alien', undefined)).toEqual({ changes: 2, lastInsertRowid: 2 });
    expect(database.prepare('INSERT INTO film (name) VALUES (?) RETURNING id').reader).toBe(true);
    expect(database.pragma('table_info(film)')).toMatchObject([{ name: 'id' }, { name: 'name' }]);
    database.close();
  });

  it('names the columns as they are, when a table changed after a statement was prepared', () => {
    const database = new NodeSqlite(':memory:').exec(
      'CREATE TABLE film (id INTEGER); INSERT INTO film VALUES (1)',
    );
    const all = database.prepare('SELECT * FROM film');
    expect(all.all()).toEqual([{ id: 1 }]);
    database.exec("ALTER TABLE film RENAME id TO number; ALTER TABLE film ADD name TEXT DEFAULT 'Alien'");
    expect(all.all()).toEqual([{ number: 1, name: 'Alien' }]);
    database.close();
  });

  it('opens a file for reading alone', () => {
    const file = join(folder, 'read.sqlite');
    new NodeSqlite(file).exec('CREATE TABLE film (id INTEGER)').close();
    const database = new NodeSqlite(file, { readonly: true });
    expect(database.prepare('SELECT count(*) AS films FROM film').all()).toEqual([{ films: 0 }]);
    expect(failureOfSqlite(thrownBy(() => database.exec('INSERT INTO film VALUES (1)')))).toBe('readOnly');
    database.close();
  });

  it('tells what stands in the way of a write', () => {
    const file = join(folder, 'locks.sqlite');
    const open = () => new NodeSqlite(file, { timeout: 0 });
    const [one, other] = [open(), open()];
    one.pragma('journal_mode = WAL');
    one.exec('CREATE TABLE film (id INTEGER PRIMARY KEY); INSERT INTO film VALUES (1)');
    expect(failureOfSqlite(thrownBy(() => one.prepare('INSERT INTO film VALUES (?)').run(1)))).toBe(
      'duplicate',
    );
    other.exec('BEGIN');
    other.prepare('SELECT * FROM film').all();
    one.exec('BEGIN IMMEDIATE; INSERT INTO film VALUES (2)');
    const locked = thrownBy(() => other.exec('INSERT INTO film VALUES (3)'));
    expect([failureOfSqlite(locked), isOldSnapshot(locked)]).toEqual(['busy', false]);
    one.exec('COMMIT');
    const old = thrownBy(() => other.exec('INSERT INTO film VALUES (3)'));
    expect([failureOfSqlite(old), isOldSnapshot(old)]).toEqual(['busy', true]);
    for (const database of [one, other]) database.close();
  });

  it('leaves no log behind once it is closed, whatever statements are still there', () => {
    const file = join(folder, 'closed.sqlite');
    const database = new NodeSqlite(file);
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE film (id INTEGER PRIMARY KEY); INSERT INTO film VALUES (1)');
    const films = database.prepare('SELECT * FROM film');
    expect(films.all()).toEqual([{ id: 1 }]);
    expect(existsSync(`${file}-wal`)).toBe(true);
    database.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(() => films.all()).toThrow();
  });

  it('ends its transaction when it is closed, and leaves the log of another connection alone', () => {
    const file = join(folder, 'half.sqlite');
    const [one, other] = [new NodeSqlite(file), new NodeSqlite(file)];
    one.pragma('journal_mode = WAL');
    one.exec('CREATE TABLE film (id INTEGER PRIMARY KEY); INSERT INTO film VALUES (1)');
    const films = other.prepare('SELECT * FROM film');
    expect(films.all()).toEqual([{ id: 1 }]);
    one.exec('BEGIN IMMEDIATE');
    const insert = one.prepare('INSERT INTO film VALUES (2)');
    insert.run();
    one.close();
    other.exec('INSERT INTO film VALUES (3)');
    expect(films.all()).toEqual([{ id: 1 }, { id: 3 }]);
    expect(insert.reader).toBe(false);
    other.close();
  });

  it('is opened with a log, a cache of its size, and nothing left in free pages', async () => {
    const database = await openDatabase({
      url: `sqlite:${join(folder, 'options.sqlite')}`,
      sqliteEngine: 'node-sqlite',
    });
    const values: unknown[] = [];
    for (const name of ['journal_mode', 'synchronous', 'cache_size', 'secure_delete', 'foreign_keys'])
      values.push(
        ...Object.values(
          (await database.dataSource.query<Record<string, unknown>[]>(`PRAGMA ${name}`))[0] ?? {},
        ),
      );
    expect(values).toEqual(['wal', 1, -16_000, 1, 1]);
    await database.close();
  });
});
