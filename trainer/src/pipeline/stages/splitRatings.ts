import { groupByUser, type Interactions } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import { taskOf } from '../evaluation/evaluationTask.ts';
import type { EvaluationTask } from '../evaluation/evaluationTask.ts';
import { hasSequences } from '../evaluation/learnability.ts';
import { planEvaluation } from '../evaluation/planEvaluation.ts';
import type { PlannedEvaluation } from '../evaluation/planEvaluation.ts';
import { shapeOf } from '../evaluation/protocols.ts';
import type { TrainRequest } from '../trainingRun.ts';
import { REMEDY } from './readInputs.ts';
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
 * @throws AppError BAD_DATA where no user has rated two movies
 */
export function splitRatings(
  { rows, ids, facts }: Pick<TrainingInputs, 'rows' | 'ids' | 'facts'>,
  request: TrainRequest,
): SplitRatings {
  const task = taskOf(rows, { ...request, ids, facts, shape: shapeOf(request.protocol) });
  const plan = planEvaluation(task, request.recipe);
  const everything = groupByUser(rows, ids.users.size, ids.items.size);
  if (!hasSequences(everything)) {
    throw new AppError(
      'BAD_DATA',
      `no user has rated two movies: there are no co-occurrences to learn from; ${REMEDY}`,
    );
  }
  return { task, plan, everything };
}
