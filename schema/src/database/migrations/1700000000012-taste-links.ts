import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Links by which people watch films together. */
export class TasteLinks1700000000012 implements MigrationInterface {
  name = 'TasteLinks1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    const text = (name: string, length: number) => ({ name, type: 'varchar', length: String(length) });
    await runner.createTable(
      new Table({
        name: 'taste_link',
        columns: [
          { ...text('tokenHash', 43), isPrimary: true },
          text('linkId', 22),
          { name: 'userId', type: int, isNullable: true },
          { ...text('name', 100), isNullable: true },
          { name: 'ratings', type: 'text', isNullable: true },
          { name: 'createdAtSeconds', type: int },
          { name: 'expiresAtSeconds', type: int },
        ],
        indices: [
          new TableIndex({ name: 'taste_link_by_id', columnNames: ['linkId'], isUnique: true }),
          new TableIndex({ name: 'taste_link_by_user', columnNames: ['userId'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('taste_link');
  }
}
