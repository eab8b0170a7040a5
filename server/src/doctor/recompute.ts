import {
  inspectDatabase,
  MIGRATIONS,
  openDatabase,
  recomputeAggregates,
} from '@pocketrocket/schema/database';
import type { Config } from '@pocketrocket/runtime';
import { about, type Finding } from './finding.ts';

const { ok, warn, fail } = about('aggregates');

/**
 * Compares the stored aggregates with the ratings, and mends them if asked to. Servers may go on; an import must not run.
 * @throws AppError UPSTREAM_UNAVAILABLE, ENVIRONMENT when the database cannot be opened
 */
export async function recomputeFindings({ databaseUrl }: Config, mend: boolean): Promise<Finding[]> {
  const problem = await notReady(databaseUrl);
  if (problem !== null) return [problem];
  const database = await openDatabase({ url: databaseUrl });
  try {
    const tables = await recomputeAggregates(database, mend);
    return tables.map(({ table, numDifferent, example }) => {
      if (numDifferent === 0) return ok(`${table}: all rows agree with the ratings`);
      const rows = `${numDifferent.toLocaleString('en')} ${numDifferent === 1 ? 'row' : 'rows'}`;
      return mend
        ? ok(`${table}: mended ${rows}, such as ${example}`)
        : fail(
            `${table}: ${rows} ${numDifferent === 1 ? 'differs' : 'differ'} from the ratings, such as ${example}`,
            'npm run doctor -- --recompute --mend',
          );
    });
  } finally {
    await database.close();
  }
}

/** A finding where there is nothing to recount: opening would make a file, or run migrations. */
async function notReady(url: string): Promise<Finding | null> {
  const inspection = await inspectDatabase({ url });
  if (inspection === null) return warn('there is no database file yet');
  try {
    const run = await inspection.query<{ name: string }>('SELECT name FROM migrations').catch(() => []);
    if (run.length === MIGRATIONS.length) return null;
    return fail(
      'the tables are not those of this release',
      'the next start of a server brings them up to date; then recompute',
    );
  } finally {
    await inspection.close();
  }
}
