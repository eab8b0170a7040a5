import { checkTimes } from '../evaluation/checkHoldout.ts';
import type { PlannedEvaluation, PlanRequest } from '../evaluation/planEvaluation.ts';
import { shapeInTime, shapeOf } from '../evaluation/protocols.ts';
import type { Ratings } from '../ratings/ratings.ts';
import type { TrainRequest } from '../trainingRun.ts';
import type { TrainingInputs } from './readInputs.ts';

/** A run's ratings, split to choose and to measure, and whole. */
export interface SplitRatings {
  plan: PlannedEvaluation;
  /** True where settings are chosen for another question than the measured one: in time, where that is held out at random. */
  isChosenApart: boolean;
  /** The same split for another recipe. */
  planFor(recipe: Pick<PlanRequest, 'isTuned'>): Promise<PlannedEvaluation>;
  /** All ratings, on which the written model is fitted. */
  everything: Ratings;
}

const CHOSEN_APART =
  'settings are chosen for what comes next in time; on ratings held out at random what they serve measures lower than what `evaluate` chooses for those';

/**
 * Splits the ratings by the request's protocol, with an inner split in time where its recipe is tuned.
 * @param warn told where the last rating is one by the order of rows alone
 * @throws AppError BAD_DATA where the protocol splits by times and there are none
 */
export async function splitRatings(
  { ratings, facts }: Pick<TrainingInputs, 'ratings' | 'facts'>,
  { protocol, negatives, seed, recipe }: TrainRequest,
  warn: (line: string) => void,
): Promise<SplitRatings> {
  const shape = shapeOf(protocol);
  checkTimes(ratings.facts, shape, warn);
  const innerShape = shapeInTime(shape, ratings.facts);
  if (recipe.isTuned && innerShape !== shape) checkTimes(ratings.facts, innerShape, warn);
  const planFor: SplitRatings['planFor'] = ({ isTuned }) =>
    ratings.plan({ protocol, shape, innerShape, negatives, seed, facts, isTuned });
  const plan = await planFor(recipe);
  const isChosenApart = plan.inner !== null && innerShape !== shape;
  if (isChosenApart) warn(CHOSEN_APART);
  return { plan, isChosenApart, planFor, everything: ratings.everything };
}
