import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Imports that took effect, webhooks with their outbox, and leases of work that one server does for all. */
export class Operators1700000000011 implements MigrationInterface {
  name = 'Operators1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const int = driver.normalizeType({ type: 'int' });
    const number = (name: string) => ({ name, type: int });
    const text = (name: string, length: number) => ({ name, type: 'varchar', length: String(length) });
    const json = (name: string) => ({ name, type: driver.normalizeType({ type: 'simple-json' }) });
    const id = (name: string) => ({ ...text(name, 22), isPrimary: true });
    await runner.createTable(
      new Table({
        name: 'data_import',
        columns: [
          id('dataImportId'),
          text('status', 10),
          text('dataset', 200),
          text('identity', 80),
          number('movieCount'),
          number('userCount'),
          number('ratingCount'),
          json('skipped'),
          number('startedAtSeconds'),
          number('finishedAtSeconds'),
        ],
        indices: [index('data_import_by_time', ['finishedAtSeconds', 'dataImportId'])],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'webhook',
        columns: [
          id('webhookId'),
          text('url', 1_000),
          json('events'),
          text('secret', 100),
          number('createdAtSeconds'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'webhook_delivery',
        columns: [
          id('deliveryId'),
          text('webhookId', 22),
          text('event', 40),
          json('data'),
          text('state', 10),
          { ...number('attempts'), default: 0 },
          number('createdAtSeconds'),
          number('nextAttemptAtSeconds'),
          { ...number('attemptedAtSeconds'), isNullable: true },
          { ...number('status'), isNullable: true },
          { ...text('problem', 300), isNullable: true },
        ],
        indices: [
          index('webhook_delivery_by_state', ['state', 'nextAttemptAtSeconds']),
          index('webhook_delivery_by_webhook', ['webhookId']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'lease',
        columns: [
          { ...text('name', 40), isPrimary: true },
          text('owner', 22),
          number('expiresAtSeconds'),
          { ...text('note', 300), isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['lease', 'webhook_delivery', 'webhook', 'data_import']) await runner.dropTable(name);
  }
}

function index(name: string, columnNames: string[]): TableIndex {
  return new TableIndex({ name, columnNames });
}
