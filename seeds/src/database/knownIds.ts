import { DATASET_NAMESPACE, type Database } from '@pocketrocket/schema/database';
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
      const [row] = await dataSource.query<{ highest: number | null }[]>(
        `SELECT MAX(${kind}Id) AS highest FROM ${table}`,
      );
      return row?.highest ?? 0;
    },
    async *batches() {
      for (let after = ''; ;) {
        const rows = await dataSource.query<{ externalId: string; number: number }[]>(
          `SELECT externalId, ${kind}Id AS number FROM ${table}
           WHERE namespace = ? AND externalId > ? ORDER BY externalId LIMIT ${ROWS_PER_BATCH}`,
          [DATASET_NAMESPACE, after],
        );
        const last = rows.at(-1);
        if (!last) return;
        yield rows;
        after = last.externalId;
      }
    },
  };
}
