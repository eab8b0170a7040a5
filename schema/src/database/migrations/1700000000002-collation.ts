import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MYSQL_COLLATION, mysqlServerOf } from '../dialects/mysql/collation.ts';

const TABLES = [
  'movie',
  'genre',
  'movie_genre',
  'external_ids',
  'user',
  'user_genre',
  'rating',
  'dataset',
  'account',
];

/**
 * One collation for all text, whatever the server's standard: text is compared as SQLite does. What is to be found without
 * regard to case and accents has a normalised column.
 */
export class Collation1700000000002 implements MigrationInterface {
  name = 'Collation1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const server = mysqlServerOf(runner.dataSource);
    if (server === null) return;
    const standard = `CHARACTER SET utf8mb4 COLLATE ${MYSQL_COLLATION}`;
    await runner.query(`ALTER DATABASE ${driver.escape(driver.database ?? '')} ${standard}`);
    for (const table of TABLES)
      await runner.query(`ALTER TABLE ${driver.escape(table)} CONVERT TO ${standard}`);
    // Converting from a narrower character set widens the type.
    await runner.query(`ALTER TABLE movie MODIFY alternativeTitles text ${standard} NOT NULL`);
    if (server === 'mariadb') await sayNoAction(runner);
  }

  /** Nothing to undo: what the earlier versions compare, they compare in any collation. */
  async down(): Promise<void> {}
}

/** MariaDB tells apart what it does the same for: RESTRICT, which the first migration left it with, and the entities' NO ACTION. */
async function sayNoAction(runner: QueryRunner): Promise<void> {
  for (const table of ['movie_genre', 'external_ids']) {
    const { foreignKeys } = (await runner.getTable(table)) ?? { foreignKeys: [] };
    for (const { name, columnNames, referencedTableName } of foreignKeys) {
      const column = runner.dataSource.driver.escape(columnNames[0] ?? '');
      const parent = referencedTableName.split('.').at(-1) ?? '';
      await runner.query(`ALTER TABLE ${table} DROP FOREIGN KEY ${name}`);
      await runner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${parent} (${column})
         ON DELETE CASCADE ON UPDATE NO ACTION`,
      );
    }
  }
}
