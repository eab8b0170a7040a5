import { judgeCounts } from '@pocketrocket/engine';
import type { Experiment } from '@pocketrocket/runtime';
import { ExperimentState, type ExperimentReport } from '@pocketrocket/schema';
import { countExperiment, type Database } from '@pocketrocket/schema/database';
import { groupBy } from '../database/batches.ts';
import { nowSeconds } from '../timing/clock.ts';

interface Row {
  experiment: string;
  arm: string;
  users: number | string;
  exposures: number | string;
  firstAt: number;
  lastAt: number;
}

/** The experiments that were shown, with their arms. */
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
    ([name, arms]) =>
      Object.assign(new ExperimentState(), {
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

/** Counts and judges an experiment as `trainer experiment` does; null where EXPERIMENTS does not set it any more. */
export async function reportExperiment(
  { dataSource }: Pick<Database, 'dataSource'>,
  experiments: readonly Experiment[],
  name: string,
): Promise<ExperimentReport | null> {
  const experiment = experiments.find((one) => one.name === name);
  if (!experiment) return null;
  const { outcomes, withinDays, minimumEffect } = experiment;
  const now = nowSeconds();
  const counts = await countExperiment(dataSource, { name, outcomes, withinDays, nowSeconds: now });
  const judged = judgeCounts(experiment, counts, now);
  return {
    arms: judged.arms.map(({ name: arm, share, users, finished, rate, difference, verdict }) => ({
      ...{ arm, share, rate, difference, verdict },
      userCount: users,
      finishedCount: finished,
    })),
    usersNeeded: judged.usersNeeded,
    daysMissing: judged.daysMissing,
    isUneven: judged.isUneven,
    switchedCount: counts.numSwitched,
    ...{ withinDays, minimumEffect },
  };
}
