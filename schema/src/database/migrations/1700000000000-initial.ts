import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { HISTOGRAM_COLUMNS } from '../entities/ratingHistogram.ts';

const varchar = (name: string, length: number, isNullable = false) => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
});

const references = (name: string, table: string, column: string) =>
  new TableForeignKey({
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: [column],
    onDelete: 'CASCADE',
  });

export class Initial1700000000000 implements MigrationInterface {
  name = 'Initial1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const intType = driver.normalizeType({ type: 'int' });
    const int = (
      name: string,
      more: { isPrimary?: boolean; isNullable?: boolean; default?: number } = {},
    ) => ({
      name,
      type: intType,
      ...more,
    });
    const counters = () =>
      ['ratingCount', 'halfStarSum', ...HISTOGRAM_COLUMNS].map((name) => int(name, { default: 0 }));
    await runner.createTable(
      new Table({
        name: 'movie',
        columns: [
          int('movieId', { isPrimary: true }),
          varchar('title', 300),
          varchar('sortTitle', 300),
          { name: 'alternativeTitles', type: 'text' },
          int('releaseYear', { isNullable: true }),
          varchar('posterUrl', 500, true),
          ...counters(),
          { name: 'weightedRating', type: 'double', default: 0 },
        ],
        indices: [
          new TableIndex({ name: 'movie_by_weighted_rating', columnNames: ['weightedRating', 'movieId'] }),
          new TableIndex({ name: 'movie_by_rating_count', columnNames: ['ratingCount', 'movieId'] }),
          new TableIndex({ name: 'movie_by_release_year', columnNames: ['releaseYear', 'movieId'] }),
          new TableIndex({ name: 'movie_by_title', columnNames: ['sortTitle', 'movieId'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'genre',
        columns: [
          int('genreId', { isPrimary: true }),
          varchar('name', 60),
          int('movieCount', { default: 0 }),
        ],
        indices: [new TableIndex({ name: 'genre_by_name', columnNames: ['name'], isUnique: true })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'movie_genre',
        columns: [int('movieId', { isPrimary: true }), int('genreId', { isPrimary: true })],
        indices: [new TableIndex({ name: 'movie_genre_by_genre', columnNames: ['genreId', 'movieId'] })],
        foreignKeys: [
          references('movie_genre_movie', 'movie', 'movieId'),
          references('movie_genre_genre', 'genre', 'genreId'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'external_ids',
        columns: [
          int('movieId', { isPrimary: true }),
          int('imdbId', { isNullable: true }),
          int('tmdbId', { isNullable: true }),
        ],
        foreignKeys: [references('external_ids_movie', 'movie', 'movieId')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'user',
        columns: [int('userId', { isPrimary: true }), varchar('name', 100), ...counters()],
        indices: [new TableIndex({ name: 'user_by_rating_count', columnNames: ['ratingCount', 'userId'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'user_genre',
        columns: [
          int('userId', { isPrimary: true }),
          int('genreId', { isPrimary: true }),
          int('ratingCount'),
          int('halfStarSum'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'rating',
        columns: [
          int('userId', { isPrimary: true }),
          int('movieId', { isPrimary: true }),
          { name: 'halfStars', type: 'tinyint' },
          int('ratedAtSeconds', { isNullable: true }),
        ],
        indices: [
          new TableIndex({
            name: 'rating_by_user_and_time',
            columnNames: ['userId', 'ratedAtSeconds', 'movieId'],
          }),
          new TableIndex({ name: 'rating_by_movie', columnNames: ['movieId', 'halfStars', 'userId'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'dataset',
        columns: [
          int('datasetId', { isPrimary: true }),
          varchar('name', 200),
          varchar('identity', 80),
          { name: 'synthetic', type: driver.normalizeType({ type: 'boolean' }) },
          int('movieCount'),
          int('userCount'),
          int('ratingCount'),
          int('genreCount'),
          { name: 'meanRating', type: 'double' },
          int('importedAtSeconds'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'dataset',
      'rating',
      'user_genre',
      'user',
      'external_ids',
      'movie_genre',
      'genre',
      'movie',
    ])
      await runner.dropTable(table);
  }
}
