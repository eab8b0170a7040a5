import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const BY_TAG = new TableIndex({ name: 'movie_tag_by_tag', columnNames: ['tag', 'tagCount', 'movieId'] });

/** Finds the movies with a tag. */
export class MoviesByTag1700000000013 implements MigrationInterface {
  name = 'MoviesByTag1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('movie_tag', BY_TAG);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('movie_tag', BY_TAG);
  }
}
