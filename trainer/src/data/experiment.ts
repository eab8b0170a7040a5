import { judgeCounts, type JudgedArm } from '@pocketrocket/engine';
import type { Experiment } from '@pocketrocket/runtime';
import { countExperiment, type Database } from '@pocketrocket/schema/database';

/** An experiment as it stands. */
export interface ExperimentReport {
  experiment: string;
  /** Null where nobody was shown a list yet. */
  startedAt: string | null;
  arms: JudgedArm[];
  /** Finished users that each arm needs for a verdict. */
  usersNeeded: number;
  /** Days until every arm has them, at the rate at which users have come so far; 0 where they have; null where none come. */
  daysMissing: number | null;
  /** True where the arms' numbers of users do not fit their shares. */
  isUneven: boolean;
  /** Users who were shown several arms; they count in none. */
  numSwitched: number;
}

/** Counts an experiment's users and outcomes, and judges its arms. */
export async function reportExperiment(
  { dataSource }: Database,
  experiment: Experiment,
  nowSeconds: number,
): Promise<ExperimentReport> {
  const { name, outcomes, withinDays } = experiment;
  const counts = await countExperiment(dataSource, { name, outcomes, withinDays, nowSeconds });
  const startedAt = counts.firstShownAtSeconds;
  return {
    experiment: name,
    startedAt: startedAt === null ? null : new Date(startedAt * 1000).toISOString(),
    ...judgeCounts(experiment, counts, nowSeconds),
    numSwitched: counts.numSwitched,
  };
}
