import type { DataSource } from 'typeorm';

/** An experiment as it is counted. */
export interface CountedExperiment {
  name: string;
  outcomes: readonly ('rating' | 'like' | 'click')[];
  /** Days after a user's first list in which an outcome counts. */
  withinDays: number;
  nowSeconds: number;
}

/** Users of one arm. */
export interface ArmCount {
  arm: string;
  /** Shown a list of this arm, and of no other. */
  users: number;
  /** Of these, those whose time for an outcome is over. */
  finished: number;
  /** Of the finished ones, those with an outcome. */
  hits: number;
}

export interface ExperimentCounts {
  arms: ArmCount[];
  /** Users who were shown several arms, as after shares were changed: they count nowhere. */
  numSwitched: number;
  /** When the first list was shown; null where none was. */
  firstShownAtSeconds: number | null;
  /** Exposures, once per user and day. */
  numExposures: number;
}

const SECONDS_PER_DAY = 86_400;
const LIKED_HALF_STARS = 6;

/** Acts of a user, by what they count as; each a SELECT that is about `shown.userId`, the table's name and its column of the time. */
const OUTCOMES = {
  rating: [
    // What was watched or liked in an app that shares its users stands among the ratings with the time of that event.
    `SELECT 1 FROM rating act WHERE act.userId = shown.userId AND act.halfStars >= ${LIKED_HALF_STARS}
       AND NOT EXISTS (SELECT 1 FROM app_event source WHERE source.userId = act.userId AND source.movieId = act.movieId
         AND source.occurredAtSeconds = act.ratedAtSeconds AND source.kind <> 'rating')
       AND act.ratedAtSeconds`,
    `SELECT 1 FROM app_event act WHERE act.userId = shown.userId AND act.kind = 'rating' AND act.value >= ${LIKED_HALF_STARS} AND act.occurredAtSeconds`,
  ],
  like: [
    `SELECT 1 FROM app_event act WHERE act.userId = shown.userId AND act.kind = 'like' AND act.occurredAtSeconds`,
  ],
  click: [
    `SELECT 1 FROM app_event act WHERE act.userId = shown.userId AND act.kind = 'click' AND act.occurredAtSeconds`,
  ],
} satisfies Record<CountedExperiment['outcomes'][number], string[]>;

/**
 * Counts the users of each arm of an experiment and their outcomes. A user counts once, from the first list on, since users are what was
 * drawn; outcomes are read from the ratings and events that are stored.
 */
export async function countExperiment(
  dataSource: DataSource,
  { name, outcomes, withinDays, nowSeconds }: CountedExperiment,
): Promise<ExperimentCounts> {
  const window = withinDays * SECONDS_PER_DAY;
  const acts = outcomes
    .flatMap((kind) => OUTCOMES[kind])
    .map((act) => `EXISTS (${act} BETWEEN shown.firstAt AND shown.firstAt + ${window})`);
  const rows = await dataSource.query<
    { arm: string; users: number | string; finished: number | string; hits: number | string }[]
  >(
    `SELECT shown.arm, COUNT(*) AS users, SUM(CASE WHEN shown.firstAt <= ? THEN 1 ELSE 0 END) AS finished,
            SUM(CASE WHEN shown.firstAt <= ? AND (${acts.join(' OR ') || '1 = 0'}) THEN 1 ELSE 0 END) AS hits
     FROM (SELECT userId, MIN(arm) AS arm, MAX(arm) AS lastArm, MIN(shownAtSeconds) AS firstAt
           FROM experiment_exposure WHERE experiment = ? GROUP BY userId) shown
     WHERE shown.arm = shown.lastArm GROUP BY shown.arm ORDER BY shown.arm`,
    [nowSeconds - window, nowSeconds - window, name],
  );
  const [all] = await dataSource.query<
    { users: number | string; exposures: number | string; first: number | null }[]
  >(
    `SELECT COUNT(DISTINCT userId) AS users, COUNT(*) AS exposures, MIN(shownAtSeconds) AS first
     FROM experiment_exposure WHERE experiment = ?`,
    [name],
  );
  const arms = rows.map(({ arm, users, finished, hits }) => ({
    arm,
    users: Number(users),
    finished: Number(finished),
    hits: Number(hits),
  }));
  return {
    arms,
    numSwitched: Number(all?.users ?? 0) - arms.reduce((sum, { users }) => sum + users, 0),
    firstShownAtSeconds: all?.first ?? null,
    numExposures: Number(all?.exposures ?? 0),
  };
}
