import type { DataSize, Interactions } from '@pocketrocket/engine';
import { innerTaskOf, prepareTask } from './evaluationTask.ts';
import type { EvaluationTask, PreparedTask } from './evaluationTask.ts';
import { hasSequences } from './learnability.ts';

/** A task with the one inside it on which settings are chosen; null where the rows are too few to ask it. */
export interface PlannedEvaluation {
  outer: PreparedTask;
  inner: PreparedTask | null;
}

/** Makes a task ready, with its inner split where the recipe is tuned. */
export function planEvaluation(task: EvaluationTask, { isTuned }: { isTuned: boolean }): PlannedEvaluation {
  const outer = prepareTask(task);
  if (!isTuned) return { outer, inner: null };
  const inner = prepareTask(innerTaskOf(task));
  return { outer, inner: isAnswerable(inner) ? inner : null };
}

/** True where there are interactions to learn from and items to find. */
export function isAnswerable({ cases, interactions }: PreparedTask): boolean {
  return cases.length > 0 && hasSequences(interactions);
}

/** The size of interactions, by which a recipe is chosen. */
export function sizeOf({ numUsers, numItems, itemIndices }: Interactions): DataSize {
  return { users: numUsers, items: numItems, interactions: itemIndices.length };
}
