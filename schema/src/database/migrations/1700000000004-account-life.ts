import { randomBytes } from 'node:crypto';
import {
  Table,
  TableColumn,
  TableIndex,
  type MigrationInterface,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm';

/** Sessions, links by email, roles, privacy and deletion of accounts. */
export class AccountLife1700000000004 implements MigrationInterface {
  name = 'AccountLife1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    const type = runner.dataSource.driver.normalizeType({ type: 'int' });
    const int = (name: string, more: Partial<TableColumnOptions> = {}) => ({ name, type, ...more });
    const text = (name: string, length: number, more: Partial<TableColumnOptions> = {}) => ({
      name,
      type: 'varchar',
      length: String(length),
      ...more,
    });
    const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
    await nameAccounts(runner, text('accountId', 22));
    await runner.addColumns('account', [
      new TableColumn(int('emailConfirmedAtSeconds', { isNullable: true })),
      new TableColumn(text('role', 10, { default: "'user'" })),
      new TableColumn(int('sharesRatings', { default: 0 })),
    ]);
    const tables = [
      new Table({
        name: 'refresh_token',
        columns: [
          text('tokenHash', 43, { isPrimary: true }),
          text('familyId', 22),
          int('userId'),
          text('rotatedFrom', 43, { isNullable: true }),
          int('createdAtSeconds'),
          int('expiresAtSeconds'),
          int('usedAtSeconds', { isNullable: true }),
        ],
        indices: [
          index('refresh_token_by_user', 'userId', 'familyId'),
          index('refresh_token_by_family', 'familyId'),
          index('refresh_token_by_expiry', 'expiresAtSeconds'),
        ],
      }),
      new Table({
        name: 'account_link',
        columns: [
          text('tokenHash', 43, { isPrimary: true }),
          int('userId'),
          text('purpose', 10),
          int('expiresAtSeconds'),
        ],
        indices: [index('account_link_by_user', 'userId')],
      }),
      new Table({
        name: 'known_address',
        columns: [
          int('userId', { isPrimary: true }),
          text('addressHash', 43, { isPrimary: true }),
          int('seenAtSeconds'),
        ],
      }),
      new Table({
        name: 'role_change',
        columns: [
          text('roleChangeId', 22, { isPrimary: true }),
          int('userId'),
          text('role', 10),
          text('changedBy', 100),
          int('changedAtSeconds'),
        ],
        indices: [
          index('role_change_by_time', 'changedAtSeconds', 'roleChangeId'),
          index('role_change_by_user', 'userId'),
        ],
      }),
      new Table({
        name: 'erased_account',
        columns: [int('userId', { isPrimary: true }), int('erasedAtSeconds')],
        indices: [index('erased_account_by_time', 'erasedAtSeconds')],
      }),
    ];
    for (const table of tables) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['erased_account', 'role_change', 'known_address', 'account_link', 'refresh_token'])
      await runner.dropTable(table);
    await runner.dropIndex('account', 'account_by_id');
    for (const column of ['sharesRatings', 'role', 'emailConfirmedAtSeconds', 'accountId'])
      await runner.dropColumn('account', column);
  }
}

/** Gives every account a random id. */
async function nameAccounts(runner: QueryRunner, column: TableColumnOptions): Promise<void> {
  await runner.addColumn('account', new TableColumn({ ...column, isNullable: true }));
  const accounts = (await runner.query('SELECT userId FROM account')) as { userId: number }[];
  for (const { userId } of accounts)
    await runner.query('UPDATE account SET accountId = ? WHERE userId = ?', [
      randomBytes(16).toString('base64url'),
      userId,
    ]);
  await runner.changeColumn('account', 'accountId', new TableColumn(column));
  await runner.createIndex(
    'account',
    new TableIndex({ name: 'account_by_id', columnNames: ['accountId'], isUnique: true }),
  );
}
