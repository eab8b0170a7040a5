import {
  chiSquareQuantile,
  differenceInterval,
  usersNeeded,
  wilsonInterval,
  type Proportion,
} from './proportions.ts';

const SECONDS_PER_DAY = 86_400;

/** An arm as it was counted. */
export interface CountedArm {
  readonly name: string;
  /** Share of the users that it is to have. */
  readonly share: number;
  /** Users who were shown a list of it. */
  readonly users: number;
  /** Of these, those whose time for an outcome is over. */
  readonly finished: number;
  /** Of the finished ones, those with an outcome. */
  readonly hits: number;
}

/** The size of what an experiment is to find, and how surely. */
export interface ExperimentPlan {
  /** Smallest difference of the rates that matters. */
  readonly minimumEffect: number;
  /** Of all comparisons together; .95 unless given. */
  readonly confidence?: number;
  /** Probability of finding a difference of that size; .8 unless given. */
  readonly power?: number;
}

/** `running` until every arm has the users that the plan needs; then the difference is told from 0, or there is none that matters. */
export type ExperimentVerdict = 'running' | 'better' | 'worse' | 'no difference';

export interface JudgedArm extends CountedArm {
  /** Share of the finished users with an outcome, with its 95 % interval. */
  readonly rate: Proportion;
  /** Less the first arm's rate; null for the first arm. */
  readonly difference: Proportion | null;
  readonly verdict: ExperimentVerdict | null;
  /** Finished users that are still to come. */
  readonly usersMissing: number;
}

export interface JudgedExperiment {
  readonly arms: JudgedArm[];
  /** Finished users that each arm needs. */
  readonly usersNeeded: number;
  /** True where the numbers of users are not those of the shares, which chance makes once in a thousand times: something is wrong then. */
  readonly isUneven: boolean;
}

/**
 * Compares arms with the first one. With several comparisons each is made at a higher confidence (Bonferroni), so that all hold together. A
 * verdict is given once, when there are as many users as the plan needs: looking every day and stopping at the first interval without 0
 * would find differences that are none.
 */
export function judgeExperiment(
  arms: readonly CountedArm[],
  { minimumEffect, confidence = 0.95, power = 0.8 }: ExperimentPlan,
): JudgedExperiment {
  const [first] = arms;
  const ofEach = 1 - (1 - confidence) / Math.max(1, arms.length - 1);
  const base = first && first.finished > 0 ? first.hits / first.finished : 0.5;
  const needed = usersNeeded(base, minimumEffect, ofEach, power);
  return {
    usersNeeded: needed,
    isUneven: isUneven(arms),
    arms: arms.map((arm) => {
      const difference = first && arm !== first ? differenceOf(arm, first, ofEach) : null;
      const isWhole = first !== undefined && Math.min(first.finished, arm.finished) >= needed;
      return {
        ...arm,
        rate: wilsonInterval(arm.hits, arm.finished, 0.95),
        difference,
        verdict: difference && (isWhole ? verdictOf(difference) : 'running'),
        usersMissing: Math.max(0, needed - arm.finished),
      };
    }),
  };
}

function differenceOf(arm: CountedArm, first: CountedArm, confidence: number): Proportion {
  return differenceInterval(
    { hits: arm.hits, n: arm.finished },
    { hits: first.hits, n: first.finished },
    confidence,
  );
}

function verdictOf({ low, high }: Proportion): ExperimentVerdict {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no difference';
}

function isUneven(arms: readonly CountedArm[]): boolean {
  const taking = arms.filter(({ share }) => share > 0);
  const users = taking.reduce((sum, arm) => sum + arm.users, 0);
  const shares = taking.reduce((sum, { share }) => sum + share, 0);
  if (users === 0 || taking.length < 2) return false;
  const chiSquare = taking.reduce((sum, arm) => {
    const expected = (users * arm.share) / shares;
    return sum + (arm.users - expected) ** 2 / expected;
  }, 0);
  return chiSquare > chiSquareQuantile(0.999, taking.length - 1);
}

/** An experiment as it is set: its arms with their shares, the difference that matters, the days that an outcome is waited for. */
export interface ExperimentSettings {
  readonly arms: readonly { readonly name: string; readonly share: number }[];
  readonly minimumEffect: number;
  readonly withinDays: number;
}

/** Users and outcomes of an experiment's arms, and when the first was shown a list; null where nobody was. */
export interface ExperimentCounts {
  readonly arms: readonly ({ readonly arm: string } & Pick<CountedArm, 'users' | 'finished' | 'hits'>)[];
  readonly firstShownAtSeconds: number | null;
}

/** Judges an experiment by what was counted of it; an arm of which nothing was counted has no users. */
export function judgeCounts(
  { arms, minimumEffect, withinDays }: ExperimentSettings,
  counts: ExperimentCounts,
  nowSeconds: number,
): JudgedExperiment & { daysMissing: number | null } {
  const counted = arms.map(({ name, share }) => {
    const { users = 0, finished = 0, hits = 0 } = counts.arms.find(({ arm }) => arm === name) ?? {};
    return { name, share, users, finished, hits };
  });
  const judged = judgeExperiment(counted, { minimumEffect });
  const days = (nowSeconds - (counts.firstShownAtSeconds ?? nowSeconds)) / SECONDS_PER_DAY;
  return { ...judged, daysMissing: daysUntilDecided(judged, { days, withinDays }) };
}

/** The time that an experiment has run, and that a user's outcome is waited for, in days. */
interface ExperimentTimes {
  readonly days: number;
  readonly withinDays: number;
}

/** Days until every arm has its users, at the rate at which users have come so far; 0 where they have; null where none come. */
function daysUntilDecided(
  { arms, usersNeeded: needed }: JudgedExperiment,
  times: ExperimentTimes,
): number | null {
  return arms
    .map((arm) => daysMissing(arm, needed, times))
    .reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)), 0);
}

/** Days until an arm has its users: those who are there but not finished, then those who come as they have come so far. */
function daysMissing(
  { users, usersMissing, share }: JudgedArm,
  needed: number,
  { days, withinDays }: ExperimentTimes,
): number | null {
  if (usersMissing === 0 || share === 0) return 0;
  if (users >= needed) return withinDays;
  if (users === 0) return null;
  const perDay = users / Math.max(1, days);
  return Math.ceil((needed - users) / perDay) + withinDays;
}
