import type { RecommenderModel, RetrievalFeature, ServedSettings } from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import { isBetter, ndcgOf, pipelineOf } from './comparePipelines.ts';
import { tuneSettings } from './tuneSettings.ts';
import type { BatchDeps } from './userBatches.ts';

/**
 * Tunes the blend once with the sequence model and once without, and takes the first only where it finds held-out items better by
 * more than chance: for what it costs in training and serving it must gain, and one more feature follows chance a little further.
 *
 * The interval is on the inner split's own users, by some of whom both blends were tuned and the model's epochs were chosen.
 * @param split the inner one
 * @param model fitted on its training rows
 */
export async function tuneWithSequence(
  split: MeasuredSplit,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<ServedSettings> {
  const chosen = await tuneSettings(split, model, true, deps);
  if (!model.sequence || !isWeighed(chosen, 'sequence')) return chosen;
  const without = await tuneSettings(split, { ...model, sequence: null }, true, deps);
  const scorers = { chosen: pipelineOf(chosen), without: pipelineOf(without) };
  const ndcg = await ndcgOf('comparing with no sequence model', split, model, scorers, deps);
  return isBetter(await ndcg('chosen'), await ndcg('without'), split.seed) ? chosen : without;
}

/** True where retrieval or ranking weighs a feature. */
export function isWeighed(
  { retrievalWeights, rankingWeights }: ServedSettings,
  feature: RetrievalFeature,
): boolean {
  return (retrievalWeights[feature] ?? 0) > 0 || (rankingWeights[feature] ?? 0) > 0;
}
