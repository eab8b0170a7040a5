import type { Database } from '@pocketrocket/schema/database';

/** A statement as TypeORM sent it. */
export interface Sent {
  sql: string;
  parameters: unknown[];
}

/** Notes every statement that is sent until it is stopped. */
export function noteStatements({ dataSource }: Database): { stop(): Sent[] } {
  const sent: Sent[] = [];
  const ignore = () => {};
  dataSource.setOptions({
    logging: ['query'],
    logger: {
      logQuery: (sql: string, parameters?: unknown[]) => sent.push({ sql, parameters: parameters ?? [] }),
      logQueryError: ignore,
      logQuerySlow: ignore,
      logSchemaBuild: ignore,
      logMigration: ignore,
      log: ignore,
    },
  });
  return {
    stop() {
      dataSource.setOptions({ logging: [], logger: 'advanced-console' });
      return sent;
    },
  };
}

interface PlanRow {
  table: string | null;
  /** `ALL` reads a whole table, `index` a whole index. */
  type: string | null;
  key: string | null;
  rows: number | string | null;
}

const EXPLAINABLE = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;

/**
 * Lists the full scans of the named tables in a plan of MySQL: one line for each, empty where everything is looked up.
 * @param tables under their own names; statements may call them otherwise
 */
export async function fullScans(
  { dataSource }: Database,
  { sql, parameters }: Sent,
  tables: readonly string[],
): Promise<string[]> {
  if (!EXPLAINABLE.test(sql)) return [];
  // Newer versions of MySQL draw trees unless told otherwise; MariaDB knows nothing else.
  const explain = dataSource.options.type === 'mysql' ? 'EXPLAIN FORMAT=TRADITIONAL' : 'EXPLAIN';
  const plan = await dataSource.query<PlanRow[]>(`${explain} ${sql}`, parameters);
  const names = namesIn(sql, tables);
  return (
    plan
      .filter(({ table, type }) => names.has(table ?? '') && (type === 'ALL' || type === 'index'))
      // What is inserted into has a line too, without rows to read.
      .filter(({ rows }) => rows !== null)
      .map(
        ({ table, type, key, rows }) =>
          `${table} (${type}, ${key ?? 'no key'}, ${rows} rows): ${sql.replace(/\s+/g, ' ')}`,
      )
  );
}

/** The names by which a statement speaks of tables: aliases too. */
function namesIn(sql: string, tables: readonly string[]): Set<string> {
  const names = new Set(tables);
  const mention = new RegExp(
    `\\b(?:FROM|JOIN|UPDATE|INTO)\\s+\`?(?:${tables.join('|')})\`?\\s+(?:AS\\s+)?\`?(\\w+)\`?`,
    'gi',
  );
  for (const [, alias] of sql.matchAll(mention)) if (alias !== undefined) names.add(alias);
  return names;
}
