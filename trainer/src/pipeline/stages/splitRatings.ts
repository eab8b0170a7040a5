import { groupByUser, type Interactions } from '@pocketrocket/engine';
import { checkTimes } from '../evaluation/checkHoldout.ts';
import { taskOf } from '../evaluation/evaluationTask.ts';
import type { EvaluationTask } from '../evaluation/evaluationTask.ts';
import { planEvaluation } from '../evaluation/planEvaluation.ts';
import type { PlannedEvaluation } from '../evaluation/planEvaluation.ts';
import { shapeOf } from '../evaluation/protocols.ts';
import type { TrainRequest } from '../trainingRun.ts';
import type { TrainingInputs } from './readInputs.ts';

/** A run's ratings, split to choose and to measure, and whole. */
export interface SplitRatings {
  task: EvaluationTask;
  plan: PlannedEvaluation;
  /** All ratings, on which the written model is fitted. */
  everything: Interactions;
}

/**
 * Splits the ratings by the request's protocol, with an inner split where its recipe is tuned.
 * @param warn told where the last rating is one by the order of rows alone
 * @throws AppError BAD_DATA where the protocol splits by times and there are none
 */
export function splitRatings(
  { rows, ids, facts }: Pick<TrainingInputs, 'rows' | 'ids' | 'facts'>,
  request: TrainRequest,
  warn: (line: string) => void,
): SplitRatings {
  const shape = shapeOf(request.protocol);
  checkTimes(rows, shape, warn);
  const task = taskOf(rows, { ...request, ids, facts, shape });
  const plan = planEvaluation(task, request.recipe);
  const everything = groupByUser(rows, ids.users.size, ids.items.size);
  return { task, plan, everything };
}
