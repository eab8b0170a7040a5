import type { Interactions } from '../data/interactions.ts';
import type { Scorer } from '../evaluation/evaluate.ts';
import { encodeSequence } from '../models/sequence/encode.ts';
import type { SequenceModel } from '../models/sequence/index.ts';

/** Scores by a sequence model alone: the products of each item's embedding with the user's history, encoded. */
export function sequenceScorer(model: SequenceModel, interactions: Interactions): Scorer {
  const { dim, parameters } = model;
  const { userOffsets, itemIndices, ratings, timestamps } = interactions;
  return (user, candidates, scores) => {
    const rows: [number, number] = [userOffsets[user], userOffsets[user + 1]];
    const vector = encodeSequence(model, {
      items: itemIndices.subarray(...rows),
      ratings: ratings.subarray(...rows),
      timestamps: timestamps.subarray(...rows),
    });
    candidates.forEach((item, place) => {
      scores[place] = vector.reduce(
        (sum, value, c) => sum + value * parameters.itemEmbeddings[item * dim + c],
        0,
      );
    });
  };
}
