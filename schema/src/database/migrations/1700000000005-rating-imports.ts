import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Ratings that people bring from elsewhere, and what stood in their place. */
export class RatingImports1700000000005 implements MigrationInterface {
  name = 'RatingImports1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const int = driver.normalizeType({ type: 'int' });
    const tinyint = driver.normalizeType({ type: 'tinyint' });
    const text = (name: string, length: number) => ({ name, type: 'varchar', length: String(length) });
    await runner.createTable(
      new Table({
        name: 'rating_import',
        columns: [
          { name: 'userId', type: int, isPrimary: true },
          { ...text('importId', 64), isPrimary: true },
          text('dataset', 80),
          { name: 'startedAtSeconds', type: int },
          { name: 'undoneAtSeconds', type: int, isNullable: true },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'imported_rating',
        columns: [
          { name: 'userId', type: int, isPrimary: true },
          { ...text('importId', 64), isPrimary: true },
          { name: 'movieId', type: int, isPrimary: true },
          { name: 'halfStars', type: tinyint },
          { name: 'ratedAtSeconds', type: int, isNullable: true },
          { name: 'beforeHalfStars', type: tinyint, isNullable: true },
          { name: 'beforeRatedAtSeconds', type: int, isNullable: true },
        ],
        indices: [new TableIndex({ name: 'imported_rating_by_movie', columnNames: ['userId', 'movieId'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('imported_rating');
    await runner.dropTable('rating_import');
  }
}
