import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

const ID_KINDS = ['imdb', 'tmdb'] as const;

/** Movies that apps add beside the data set, and the indexes by which they are found to be movies that are there. */
export class OverlayMovies1700000000008 implements MigrationInterface {
  name = 'OverlayMovies1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const int = driver.normalizeType({ type: 'int' });
    const tinyint = driver.normalizeType({ type: 'tinyint' });
    const text = (name: string, length: number) => ({ name, type: 'varchar', length: String(length) });
    await runner.createTable(
      new Table({
        name: 'overlay_movie',
        columns: [
          { ...text('namespace', 60), isPrimary: true },
          { ...text('externalId', 200), isPrimary: true },
          { name: 'movieId', type: int },
          { name: 'isOwner', type: int },
          { name: 'isHidden', type: int, default: 0 },
          { name: 'version', type: int },
          text('title', 300),
          { name: 'alternativeTitles', type: 'text' },
          { name: 'releaseYear', type: int, isNullable: true },
          { name: 'genres', type: 'text' },
          { ...text('posterUrl', 500), isNullable: true },
          { name: 'overview', type: 'text', isNullable: true },
          { name: 'imdbId', type: int, isNullable: true },
          { name: 'tmdbId', type: int, isNullable: true },
          { name: 'createdAtSeconds', type: int },
          { name: 'changedAtSeconds', type: int },
        ],
        indices: [
          new TableIndex({ name: 'overlay_movie_by_movie', columnNames: ['movieId', 'isHidden'] }),
          new TableIndex({ name: 'overlay_movie_by_version', columnNames: ['version'] }),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'catalogue_state',
        columns: [
          { name: 'stateId', type: int, isPrimary: true },
          { name: 'version', type: int },
          { name: 'lastMovieId', type: int },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'hidden_rating',
        columns: [
          { name: 'userId', type: int, isPrimary: true },
          { name: 'movieId', type: int, isPrimary: true },
          { name: 'halfStars', type: tinyint },
          { name: 'ratedAtSeconds', type: int, isNullable: true },
        ],
        indices: [
          new TableIndex({
            name: 'hidden_rating_by_movie',
            columnNames: ['movieId', 'halfStars', 'userId'],
          }),
        ],
      }),
    );
    for (const kind of ID_KINDS)
      await runner.createIndex(
        'external_ids',
        new TableIndex({ name: `external_ids_by_${kind}`, columnNames: [`${kind}Id`] }),
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const kind of ID_KINDS) await runner.dropIndex('external_ids', `external_ids_by_${kind}`);
    for (const table of ['hidden_rating', 'catalogue_state', 'overlay_movie']) await runner.dropTable(table);
  }
}
