import { groupByUser } from '@pocketrocket/engine';
import { idMapsOf, toInteractionRows } from '../../data/ratingTable.ts';
import type { RatingTable } from '../../data/ratingTable.ts';
import { taskOf } from '../evaluation/evaluationTask.ts';
import { planEvaluation } from '../evaluation/planEvaluation.ts';
import { factsOfRows } from './ratingFacts.ts';
import type { RunRatings } from './ratings.ts';
import { RatingsInMemory } from './ratingsInMemory.ts';

/** All ratings of a table, held by this process. */
export function runRatingsOf(table: RatingTable): RunRatings {
  const ids = idMapsOf([table]);
  const rows = toInteractionRows(table, ids);
  return {
    ids,
    facts: factsOfRows(rows),
    everything: new RatingsInMemory(groupByUser(rows, ids.users.size, ids.items.size)),
    plan: async ({ isTuned, ...request }) => planEvaluation(taskOf(rows, { ...request, ids }), { isTuned }),
  };
}
