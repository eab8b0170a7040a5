import type { ExperimentState } from '@pocketrocket/schema';
import type { Database } from '@pocketrocket/schema/database';
import { groupBy } from '../database/batches.ts';

interface Row {
  experiment: string;
  arm: string;
  users: number | string;
  exposures: number | string;
  firstAt: number;
  lastAt: number;
}

/** The experiments that were shown, with their arms; what came of them `trainer experiment` tells. */
export async function listExperiments({
  dataSource,
}: Pick<Database, 'dataSource'>): Promise<ExperimentState[]> {
  const rows = await dataSource.query<Row[]>(
    `SELECT experiment, arm, COUNT(DISTINCT userId) AS users, COUNT(*) AS exposures,
       MIN(shownAtSeconds) AS firstAt, MAX(shownAtSeconds) AS lastAt
     FROM experiment_exposure GROUP BY experiment, arm ORDER BY experiment, arm`,
  );
  return Array.from(
    groupBy(rows, ({ experiment }) => experiment),
    ([name, arms]) => ({
      name,
      arms: arms.map(({ arm, users, exposures }) => ({
        arm,
        userCount: Number(users),
        exposureCount: Number(exposures),
      })),
      firstShownAt: new Date(1000 * Math.min(...arms.map(({ firstAt }) => firstAt))),
      lastShownAt: new Date(1000 * Math.max(...arms.map(({ lastAt }) => lastAt))),
    }),
  );
}
