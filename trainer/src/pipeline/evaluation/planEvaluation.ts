import type { DataSize } from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import { splitInMemory } from '../answers/heldOutInMemory.ts';
import type { Ratings } from '../ratings/ratings.ts';
import { innerTaskOf, prepareTask } from './evaluationTask.ts';
import type { EvaluationTask } from './evaluationTask.ts';
import { hasSequences } from './learnability.ts';

/** A split with the one inside it on which settings are chosen; null where the rows are too few to ask it. */
export interface PlannedEvaluation {
  outer: MeasuredSplit;
  inner: MeasuredSplit | null;
}

/** A way to split a run's ratings. */
export interface PlanRequest extends Omit<EvaluationTask, 'ids' | 'train' | 'holdout'> {
  /** True for a recipe that chooses its settings on an inner split. */
  isTuned: boolean;
}

/** Makes a task ready, with its inner split where the recipe is tuned. */
export function planEvaluation(
  task: EvaluationTask,
  { isTuned }: Pick<PlanRequest, 'isTuned'>,
): PlannedEvaluation {
  const outer = splitInMemory(prepareTask(task));
  if (!isTuned) return { outer, inner: null };
  const inner = splitInMemory(prepareTask(innerTaskOf(task)));
  return { outer, inner: isAnswerable(inner) ? inner : null };
}

/** True where there are interactions to learn from and items to find. */
export function isAnswerable({ heldOut, ratings }: MeasuredSplit): boolean {
  return heldOut.users.length > 0 && hasSequences(ratings);
}

/** The size of ratings, by which a recipe is chosen. */
export function sizeOf({ numUsers, numItems, numRatings }: Ratings): DataSize {
  return { users: numUsers, items: numItems, interactions: numRatings };
}
