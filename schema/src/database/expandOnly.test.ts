import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canTestOn, makeTestRoom, type TestRoom } from '@pocketrocket/testing';
import { MIGRATIONS, TABLE_NAMES } from './dataSource.ts';
import { openDatabase } from './database.ts';

/** Older ones ran before servers of two releases could serve at once; from here on a migration only adds. */
const NAMES = MIGRATIONS.map((migration) => new migration().name);
const BEFORE = NAMES.indexOf('AccountLife1700000000004');

interface Shape {
  /** By table and column: type and whether it may be left out of an insert. */
  columns: Record<string, { type: string; isOptional: boolean }>;
  /** Unique keys, by table and columns. */
  unique: string[];
}

for (const engine of ['better-sqlite3', 'mysql', 'mariadb'] as const) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`on ${engine}`, () => {
    let room: TestRoom;
    beforeEach(async () => {
      room = await makeTestRoom(engine);
    });
    afterEach(() => room.drop());

    const shapeAfter = async (count: number): Promise<Shape> => {
      const database = await openDatabase({ ...room.options, migrations: NAMES.slice(0, count) });
      const runner = database.dataSource.createQueryRunner();
      const tables = await runner.getTables([...TABLE_NAMES]);
      await runner.release();
      await database.close();
      return {
        columns: Object.fromEntries(
          tables.flatMap(({ name, columns }) =>
            columns.map(({ name: column, type, length, isNullable, default: standard, isGenerated }) => [
              `${name.split('.').at(-1)}.${column}`,
              {
                type: `${type}(${length})`,
                isOptional: isNullable || isGenerated || (standard ?? null) !== null,
              },
            ]),
          ),
        ),
        unique: tables.flatMap(({ name, indices, uniques }) =>
          [...indices.filter(({ isUnique }) => isUnique), ...uniques].map(
            ({ columnNames }) => `${name.split('.').at(-1)}(${columnNames.join()})`,
          ),
        ),
      };
    };

    it('each migration leaves what servers of the release before read and write', async () => {
      let before = await shapeAfter(BEFORE + 1);
      for (let count = BEFORE + 2; count <= NAMES.length; count++) {
        const after = await shapeAfter(count);
        const migration = NAMES[count - 1];
        const kept = Object.keys(before.columns).map((name) => [name, after.columns[name]]);
        expect([migration, Object.fromEntries(kept)]).toEqual([migration, before.columns]);
        const tablesBefore = new Set(Object.keys(before.columns).map((name) => name.split('.')[0]));
        const needed = Object.entries(after.columns).filter(
          ([name, { isOptional }]) =>
            !(name in before.columns) && tablesBefore.has(name.split('.')[0]) && !isOptional,
        );
        expect([migration, needed]).toEqual([migration, []]);
        const narrowed = after.unique.filter(
          (key) => !before.unique.includes(key) && tablesBefore.has(key.split('(')[0]),
        );
        expect([migration, narrowed]).toEqual([migration, []]);
        before = after;
      }
    });
  });
}
