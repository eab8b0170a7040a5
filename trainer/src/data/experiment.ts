import { daysUntilDecided, judgeExperiment, type JudgedArm } from '@pocketrocket/engine';
import type { Experiment } from '@pocketrocket/runtime';
import { countExperiment, type Database } from '@pocketrocket/schema/database';

const SECONDS_PER_DAY = 86_400;

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
  { name, arms, outcomes, withinDays, minimumEffect }: Experiment,
  nowSeconds: number,
): Promise<ExperimentReport> {
  const counts = await countExperiment(dataSource, { name, outcomes, withinDays, nowSeconds });
  const counted = arms.map((arm) => {
    const { users = 0, finished = 0, hits = 0 } = counts.arms.find((one) => one.arm === arm.name) ?? {};
    return { name: arm.name, share: arm.share, users, finished, hits };
  });
  const judged = judgeExperiment(counted, { minimumEffect });
  const startedAt = counts.firstShownAtSeconds;
  const days = startedAt === null ? 0 : (nowSeconds - startedAt) / SECONDS_PER_DAY;
  return {
    experiment: name,
    startedAt: startedAt === null ? null : new Date(startedAt * 1000).toISOString(),
    ...judged,
    daysMissing: daysUntilDecided(judged, { days, withinDays }),
    numSwitched: counts.numSwitched,
  };
}
