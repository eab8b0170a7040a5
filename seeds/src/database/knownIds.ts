import {
  DATASET_NAMESPACE,
  FIRST_OVERLAY_MOVIE_ID,
  FORMER_NAMESPACE,
  type Database,
} from '@pocketrocket/schema/database';
import type { KnownIds, KnownNumbers } from '../dataset/numbering.ts';

const ROWS_PER_BATCH = 10_000;

/** The numbers that a database's tables of external ids know. */
export function knownIds(database: Database): KnownIds {
  return { movies: knownNumbers(database, 'movie'), users: knownNumbers(database, 'user') };
}

function knownNumbers({ dataSource }: Database, kind: 'movie' | 'user'): KnownNumbers {
  const table = `${kind}_external_id`;
  return {
    async highest() {
      // Movies of apps are numbered apart, so that a data set's numbers are the same with and without them.
      const [row] = await dataSource.query<{ highest: number | null }[]>(
        `SELECT MAX(${kind}Id) AS highest FROM ${table} WHERE ${kind}Id < ${FIRST_OVERLAY_MOVIE_ID}`,
      );
      return row?.highest ?? 0;
    },
    async *batches() {
      for (let after = ''; ;) {
        const rows = await dataSource.query<{ externalId: string; number: number }[]>(
          `SELECT externalId, ${kind}Id AS number FROM ${table}
           WHERE namespace IN (?, ?) AND externalId > ? ORDER BY externalId LIMIT ${ROWS_PER_BATCH}`,
          [DATASET_NAMESPACE, FORMER_NAMESPACE, after],
        );
        const last = rows.at(-1);
        if (!last) return;
        yield rows;
        after = last.externalId;
      }
    },
  };
}
