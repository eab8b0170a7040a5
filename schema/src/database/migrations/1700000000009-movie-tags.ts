import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Tags of movies; a data set that is there gets them when it is imported again. */
export class MovieTags1700000000009 implements MigrationInterface {
  name = 'MovieTags1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    await runner.createTable(
      new Table({
        name: 'movie_tag',
        columns: [
          { name: 'movieId', type: int, isPrimary: true },
          { name: 'place', type: int, isPrimary: true },
          { name: 'tag', type: 'varchar', length: '100' },
          { name: 'tagCount', type: int },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('movie_tag');
  }
}
