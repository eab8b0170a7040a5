import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Accounts: who may sign in and rate. */
export class Accounts1700000000001 implements MigrationInterface {
  name = 'Accounts1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    await runner.createTable(
      new Table({
        name: 'account',
        columns: [
          { name: 'userId', type: int, isPrimary: true },
          { name: 'email', type: 'varchar', length: '254' },
          { name: 'passwordHash', type: 'varchar', length: '255' },
          { name: 'createdAtSeconds', type: int },
        ],
        indices: [new TableIndex({ name: 'account_by_email', columnNames: ['email'], isUnique: true })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account');
  }
}
