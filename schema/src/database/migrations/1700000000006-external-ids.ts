import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const KINDS = ['movie', 'user'] as const;

/** Numbers for ids that are no plain numbers; what is there keeps its numbers and gets no row. */
export class ExternalIds1700000000006 implements MigrationInterface {
  name = 'ExternalIds1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    for (const kind of KINDS)
      await runner.createTable(
        new Table({
          name: `${kind}_external_id`,
          columns: [
            { name: 'namespace', type: 'varchar', length: '60', isPrimary: true },
            { name: 'externalId', type: 'varchar', length: '200', isPrimary: true },
            { name: `${kind}Id`, type: int },
          ],
          indices: [new TableIndex({ name: `${kind}_external_id_by_${kind}`, columnNames: [`${kind}Id`] })],
        }),
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const kind of KINDS) await runner.dropTable(`${kind}_external_id`);
  }
}
