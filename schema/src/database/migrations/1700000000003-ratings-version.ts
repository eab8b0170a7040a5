import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Counts the changes of a user's ratings: results derived from them can be cached until the next one. */
export class RatingsVersion1700000000003 implements MigrationInterface {
  name = 'RatingsVersion1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    await runner.addColumn('user', new TableColumn({ name: 'ratingsVersion', type: int, default: 0 }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('user', 'ratingsVersion');
  }
}
