import { TABLE_NAMES, type Inspection } from '@pocketrocket/schema/database';

/** One row: the foreign keys of the tables that are aside, as statements. There only while tables are. */
const STATE_TABLE = 'restore__state';

const LIVE_TABLES = [...TABLE_NAMES, 'migrations'];
const asideName = (table: string) => `${table}__aside`;

type Queries = Pick<Inspection, 'query'>;

/**
 * Renames MySQL's tables, so that others can be made in their place. Foreign keys, whose names a database has only once, are noted and
 * dropped.
 */
export async function moveAside(queries: Queries): Promise<void> {
  const { query } = queries;
  const tables = await tablesThere(queries);
  const live = LIVE_TABLES.filter((table) => tables.has(table));
  if (live.length === 0) return;
  await dropAll(queries, LIVE_TABLES.map(asideName));
  const keys = await foreignKeysOf(queries);
  await query(`CREATE TABLE ${STATE_TABLE} (foreignKeys longtext NOT NULL)`);
  const statements = keys.map(({ statement }) => statement);
  await query(`INSERT INTO ${STATE_TABLE} VALUES (${quoted(JSON.stringify(statements))})`);
  for (const { table, name } of keys) await query(`ALTER TABLE \`${table}\` DROP FOREIGN KEY \`${name}\``);
  await query(`RENAME TABLE ${live.map((table) => `\`${table}\` TO \`${asideName(table)}\``).join(', ')}`);
}

/** Puts the tables back that are aside, in the place of what was made instead; does nothing where none are. */
export async function putBack(queries: Queries): Promise<void> {
  const { query } = queries;
  const tables = await tablesThere(queries);
  if (!tables.has(STATE_TABLE)) return;
  const aside = LIVE_TABLES.filter((table) => tables.has(asideName(table)));
  if (aside.length > 0) {
    await dropAll(queries, LIVE_TABLES);
    await query(`RENAME TABLE ${aside.map((table) => `\`${asideName(table)}\` TO \`${table}\``).join(', ')}`);
  }
  const [state] = await query<{ foreignKeys: string }>(`SELECT foreignKeys FROM ${STATE_TABLE}`);
  const present = new Set((await foreignKeysOf(queries)).map(({ statement }) => statement));
  const noted = JSON.parse(state?.foreignKeys ?? '[]') as string[];
  for (const statement of noted) if (!present.has(statement)) await query(statement);
  await dropAll(queries, [STATE_TABLE]);
}

/** Drops what is aside: what was made in its place is the database from now on. */
export async function forgetAside(queries: Queries): Promise<void> {
  await dropAll(queries, [STATE_TABLE]);
  await dropAll(queries, LIVE_TABLES.map(asideName));
}

async function dropAll({ query }: Queries, tables: readonly string[]): Promise<void> {
  await query('SET SESSION foreign_key_checks = 0');
  await query(`DROP TABLE IF EXISTS ${tables.map((table) => `\`${table}\``).join(', ')}`);
}

async function tablesThere({ query }: Queries): Promise<Set<string>> {
  const rows = await query<{ name: string }>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  return new Set(rows.map(({ name }) => name));
}

interface ForeignKey {
  table: string;
  name: string;
  /** Makes it again. */
  statement: string;
}

interface KeyRow {
  tableName: string;
  name: string;
  columns: string;
  parent: string;
  parentColumns: string;
  onDelete: string;
  onUpdate: string;
}

async function foreignKeysOf({ query }: Queries): Promise<ForeignKey[]> {
  const rows = await query<KeyRow>(
    `SELECT rules.TABLE_NAME AS tableName, rules.CONSTRAINT_NAME AS name, rules.REFERENCED_TABLE_NAME AS parent,
       rules.DELETE_RULE AS onDelete, rules.UPDATE_RULE AS onUpdate,
       GROUP_CONCAT(CONCAT('\`', used.COLUMN_NAME, '\`') ORDER BY used.ORDINAL_POSITION) AS columns,
       GROUP_CONCAT(CONCAT('\`', used.REFERENCED_COLUMN_NAME, '\`') ORDER BY used.ORDINAL_POSITION) AS parentColumns
     FROM information_schema.REFERENTIAL_CONSTRAINTS rules
     JOIN information_schema.KEY_COLUMN_USAGE used
       ON used.CONSTRAINT_SCHEMA = rules.CONSTRAINT_SCHEMA AND used.CONSTRAINT_NAME = rules.CONSTRAINT_NAME
       AND used.TABLE_NAME = rules.TABLE_NAME
     WHERE rules.CONSTRAINT_SCHEMA = DATABASE() AND rules.TABLE_NAME IN (${LIVE_TABLES.map(quoted).join(', ')})
     GROUP BY rules.TABLE_NAME, rules.CONSTRAINT_NAME, rules.REFERENCED_TABLE_NAME, rules.DELETE_RULE, rules.UPDATE_RULE
     ORDER BY rules.TABLE_NAME, rules.CONSTRAINT_NAME`,
  );
  return rows.map(({ tableName: table, name, columns, parent, parentColumns, onDelete, onUpdate }) => ({
    table,
    name,
    statement:
      `ALTER TABLE \`${table}\` ADD CONSTRAINT \`${name}\` FOREIGN KEY (${columns}) ` +
      `REFERENCES \`${parent}\` (${parentColumns}) ON DELETE ${onDelete} ON UPDATE ${onUpdate}`,
  }));
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
