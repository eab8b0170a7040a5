import {
  Table,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

/** Apps of others: their keys, users and events, and the ratings that these come to. */
export class Apps1700000000007 implements MigrationInterface {
  name = 'Apps1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const type = driver.normalizeType({ type: 'int' });
    const tinyint = driver.normalizeType({ type: 'tinyint' });
    const int = (name: string, more: Partial<TableColumnOptions> = {}) => ({ name, type, ...more });
    const text = (name: string, length: number, more: Partial<TableColumnOptions> = {}) => ({
      name,
      type: 'varchar',
      length: String(length),
      ...more,
    });
    const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
    const tables = [
      new Table({
        name: 'app',
        columns: [
          text('appId', 12, { isPrimary: true }),
          text('name', 100),
          int('sharesUsers', { default: 0 }),
          int('createdAtSeconds'),
        ],
      }),
      new Table({
        name: 'api_key',
        columns: [
          text('keyId', 16, { isPrimary: true }),
          text('appId', 12),
          text('name', 100),
          text('secretHash', 43),
          text('previousHash', 43, { isNullable: true }),
          int('previousUntilSeconds', { isNullable: true }),
          text('scopes', 100),
          int('perSecond'),
          int('burst'),
          int('createdAtSeconds'),
          int('expiresAtSeconds', { isNullable: true }),
          int('lastUsedAtSeconds', { isNullable: true }),
          int('revokedAtSeconds', { isNullable: true }),
        ],
        indices: [index('api_key_by_app', 'appId')],
      }),
      new Table({
        name: 'app_user',
        columns: [
          int('userId', { isPrimary: true }),
          text('appId', 12),
          text('externalId', 200),
          text('name', 100, { isNullable: true }),
          int('ratingsVersion', { default: 0 }),
          int('createdAtSeconds'),
        ],
        indices: [
          new TableIndex({
            name: 'app_user_by_external_id',
            columnNames: ['appId', 'externalId'],
            isUnique: true,
          }),
        ],
      }),
      new Table({
        name: 'app_event',
        columns: [
          text('appId', 12, { isPrimary: true }),
          text('eventId', 100, { isPrimary: true }),
          int('userId'),
          int('movieId', { isNullable: true }),
          text('kind', 10),
          int('value', { isNullable: true }),
          int('occurredAtSeconds'),
          int('receivedAtSeconds'),
          int('place'),
        ],
        indices: [index('app_event_by_user', 'userId', 'movieId')],
      }),
      new Table({
        name: 'app_rating',
        columns: [
          int('userId', { isPrimary: true }),
          int('movieId', { isPrimary: true }),
          { name: 'halfStars', type: tinyint },
          int('ratedAtSeconds', { isNullable: true }),
        ],
        indices: [
          index('app_rating_by_user_and_time', 'userId', 'ratedAtSeconds', 'movieId'),
          index('app_rating_by_movie', 'movieId', 'halfStars', 'userId'),
        ],
      }),
    ];
    for (const table of tables) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['app_rating', 'app_event', 'app_user', 'api_key', 'app'])
      await runner.dropTable(table);
  }
}
