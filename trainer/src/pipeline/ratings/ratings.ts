import type { CountedParts, Interactions, ItemFacts, ItemNeighbours } from '@pocketrocket/engine';
import type { IdMaps } from '../../data/ratingTable.ts';
import type { PlannedEvaluation, PlanRequest } from '../evaluation/planEvaluation.ts';
import type { DataHandle } from '../fitting/fitData.ts';
import type { RatingFacts } from './ratingFacts.ts';

/** Ratings to learn from, wherever they are: what is here grows with users and items, not with ratings. */
export interface Ratings {
  readonly numUsers: number;
  readonly numItems: number;
  readonly numRatings: number;
  /** Of them, how many have no time. */
  readonly numUntimed: number;
  /** Stands for them in fit jobs. */
  readonly handle: DataHandle;
  /** Ratings of each user, [numUsers]. */
  readonly userCounts: Int32Array;
  /** Ratings of each item, [numItems]. */
  readonly itemCounts: Int32Array;
  /** The ratings themselves; null where they are not in this process. */
  readonly held: Interactions | null;
  /** Counts the parts of the recommender that need no fit. */
  countParts(facts: ItemFacts): Promise<CountedParts>;
  countNeighbours(): Promise<ItemNeighbours>;
  /** The histories of some users; all others have none. */
  historiesOf(users: Int32Array): Promise<Interactions>;
}

/** All ratings of a run, to be split and learnt from. */
export interface RunRatings {
  readonly ids: IdMaps;
  readonly facts: RatingFacts;
  readonly everything: Ratings;
  /** Splits them to choose and to measure. */
  plan(request: PlanRequest): Promise<PlannedEvaluation>;
}
