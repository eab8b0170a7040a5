import {
  mean,
  pairedBootstrapInterval,
  seededRandom,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import type { ScorerName } from '../answers/scorers.ts';
import { knownOf } from './modelMeasures.ts';
import type { BatchDeps } from './userBatches.ts';

/** The scorer that serves by some settings. */
export function pipelineOf(settings: ServedSettings): ScorerName {
  return { kind: 'pipeline', settings };
}

/** nDCG@10 of each user, [users], by scorer. @param title of its progress */
export async function ndcgOf(
  title: string,
  { heldOut }: MeasuredSplit,
  model: RecommenderModel,
  scorers: Readonly<Record<string, ScorerName>>,
  deps: BatchDeps,
): Promise<(scorer: string) => Promise<Float64Array>> {
  const question = { title, model, factorization: null, scorers };
  const answersOf = await heldOut.answer({ ...question, measures: ['ndcgAt10'] }, deps);
  return async (scorer) => knownOf(await answersOf(scorer), 'ndcgAt10');
}

/** True where one is better than the other by more than chance: its paired 95 % interval lies above 0. */
export function isBetter(one: Float64Array, other: Float64Array, seed: number): boolean {
  return mean(one) > mean(other) && pairedBootstrapInterval(one, other, seededRandom(seed)).low > 0;
}
