import {
  DatasetEntity,
  ExternalIdsEntity,
  GenreEntity,
  MovieEntity,
  MovieExternalIdEntity,
  MovieGenreEntity,
  MovieTagEntity,
  RatingEntity,
  UserEntity,
  UserExternalIdEntity,
  UserGenreEntity,
  type Database,
} from '@pocketrocket/schema/database';

/** Every row of every table by its key, the time of import apart. */
export async function everything({ dataSource }: Database): Promise<unknown> {
  const tables = [
    MovieEntity,
    GenreEntity,
    MovieGenreEntity,
    MovieTagEntity,
    ExternalIdsEntity,
    MovieExternalIdEntity,
    UserExternalIdEntity,
    UserEntity,
    UserGenreEntity,
    RatingEntity,
    DatasetEntity,
  ];
  const rows = [];
  for (const table of tables) {
    const key = dataSource.getMetadata(table).primaryColumns.map(({ propertyName }) => propertyName);
    const order = Object.fromEntries(key.map((column) => [column, 'ASC']));
    rows.push(await dataSource.getRepository<object>(table).find({ order }));
  }
  return rows;
}
