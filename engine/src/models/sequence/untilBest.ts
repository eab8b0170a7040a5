import type { Interactions } from '../../data/interactions.ts';
import type { EpochProgress, FitContext, HeldOutItems } from '../fitting.ts';
import { ndcgAtK, ranksOfRelevant } from '../../metrics/ranking.ts';
import { encodeSequence } from './encode.ts';
import { fitSequence, fitSequenceStopped } from './index.ts';
import type { SequenceModel, SequenceOptions } from './index.ts';

const K = 10;
/** Epochs from one measurement of the held-out items to the next. */
const MEASURED_EVERY = 2;
/** Measurements without gain after which a fit ends. */
const PATIENCE = 5;

/**
 * Fits for so many epochs as the options say; with `context.heldOut` until these items are found no better any more, for
 * `options.epochs` at most: then the model is that of the epoch that found them best, by NDCG@10 among the whole catalogue.
 * @throws as `fitSequence`
 */
export function fitUntilBest(
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
): SequenceModel {
  const { heldOut, onEpoch } = context;
  if (!heldOut) return fitSequence(interactions, options, context);
  // Told an epoch later: with what is measured of it, and whether it is the last.
  let latest = null as EpochProgress | null;
  const { model, divergence } = fitSequenceStopped(
    interactions,
    options,
    {
      ...context,
      onEpoch: (progress) => {
        if (latest) onEpoch?.(latest);
        latest = progress;
      },
    },
    {
      every: MEASURED_EVERY,
      patience: PATIENCE,
      measure: (fitted) => {
        const ndcgAt10 = ndcgOfHeldOut(fitted, interactions, heldOut);
        if (latest) latest = { ...latest, ndcgAt10 };
        return ndcgAt10;
      },
    },
  );
  if (latest) onEpoch?.(divergence ? { ...latest, endedBy: divergence.message } : latest);
  return model;
}

/**
 * The mean over users of NDCG@10: how well a model alone finds each user's held-out items among the whole catalogue, less what
 * the history holds. Ties count against it.
 */
export function ndcgOfHeldOut(
  model: SequenceModel,
  { userOffsets, itemIndices, ratings, timestamps }: Interactions,
  { userIndices, offsets, items }: HeldOutItems,
): number {
  const { numItems, dim, parameters } = model;
  const { itemEmbeddings } = parameters;
  let sum = 0;
  userIndices.forEach((user, place) => {
    const [start, end] = [userOffsets[user], userOffsets[user + 1]];
    const history = {
      items: itemIndices.subarray(start, end),
      ratings: ratings.subarray(start, end),
      timestamps: timestamps.subarray(start, end),
    };
    const vector = encodeSequence(model, history);
    const relevant = items.subarray(offsets[place], offsets[place + 1]);
    const seen = new Uint8Array(numItems);
    for (const item of history.items) seen[item] = 1;
    for (const item of relevant) seen[item] = 1;
    const scores = new Float32Array(relevant.length + numItems);
    const scoreOf = (item: number): number => {
      let score = 0;
      for (let c = 0, at = item * dim; c < dim; c++, at++) score += vector[c] * itemEmbeddings[at];
      return score;
    };
    let count = 0;
    for (const item of relevant) scores[count++] = scoreOf(item);
    for (let item = 0; item < numItems; item++) if (seen[item] === 0) scores[count++] = scoreOf(item);
    const found = scores.subarray(0, count);
    // Scores that are no numbers find nothing.
    if (!found.some(Number.isNaN)) sum += ndcgAtK(ranksOfRelevant(found, relevant.length), K);
  });
  return userIndices.length > 0 ? sum / userIndices.length : 0;
}
