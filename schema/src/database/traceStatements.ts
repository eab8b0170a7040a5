import { inCallSpan, isTracing } from '@pocketrocket/runtime';
import type { DataSource, QueryRunner } from 'typeorm';
import { TABLE_NAMES } from './dataSource.ts';

const VERBS: ReadonlySet<string> = new Set(
  'SELECT INSERT UPDATE DELETE REPLACE WITH BEGIN START COMMIT ROLLBACK SAVEPOINT RELEASE SET PRAGMA'.split(
    ' ',
  ),
);
const TABLES: ReadonlySet<string> = new Set(TABLE_NAMES);
const MENTION = /\b(?:FROM|INTO|UPDATE|JOIN)\s+[`"]?(\w+)/gi;

/** Parentheses that have none inside. */
const INNERMOST = /\([^()]*\)/g;

/**
 * The verb of a statement, `OTHER` for one out of the ordinary, and the first of our tables that it names, those outside of subqueries
 * before others; nothing of its values.
 */
export function describeStatement(sql: string): { verb: string; table: string | undefined } {
  const word = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  const verb = VERBS.has(word) ? word : 'OTHER';
  return { verb, table: tableIn(withoutSubqueries(sql)) ?? tableIn(sql) };
}

function tableIn(sql: string): string | undefined {
  for (const [, table = ''] of sql.matchAll(MENTION)) if (TABLES.has(table)) return table;
  return undefined;
}

function withoutSubqueries(sql: string): string {
  for (let outer = sql; ;) {
    const shorter = outer.replace(INNERMOST, '');
    if (shorter.length === outer.length) return outer;
    outer = shorter;
  }
}

/** Gives every statement that is sent within a span one of its own, while tracing is on. Changes the data source. */
export function traceStatements(dataSource: DataSource): void {
  if (!isTracing()) return;
  const { driver } = dataSource;
  const { type } = dataSource.options;
  const system = type === 'mysql' || type === 'mariadb' ? type : 'sqlite';
  const createQueryRunner = driver.createQueryRunner.bind(driver);
  // SQLite's driver hands out the same one again.
  const traced = new WeakSet<QueryRunner>();
  driver.createQueryRunner = (mode) => {
    const runner = createQueryRunner(mode);
    if (!traced.has(runner)) traceRunner(runner, system);
    traced.add(runner);
    return runner;
  };
}

function traceRunner(runner: QueryRunner, system: string): void {
  const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
  const traced = (sql: string, ...rest: unknown[]): Promise<unknown> => {
    const describe = () => {
      const { verb, table } = describeStatement(sql);
      const facts = { 'db.system.name': system, 'db.operation.name': verb, 'db.collection.name': table };
      return { name: table === undefined ? verb : `${verb} ${table}`, facts };
    };
    return inCallSpan(describe, () => query(sql, ...rest));
  };
  Object.assign(runner, { query: traced });
}
