import type { Interactions } from '../../data/interactions.ts';
import { encodeSequence } from './encode.ts';
import type { SequenceModel } from './index.ts';

const { LN2, log } = Math;

/** The mean over users of ln 2 / ln (rank + 2), rank below k, and the share of users whose rank is. */
export interface NextItemFigures {
  readonly ndcg: number;
  readonly hitRate: number;
}

/**
 * Measures how well a model alone tells each user's next item from the whole catalogue, less what the history holds; ties count
 * against it. For early stopping: {@link SequenceStopping.measure}.
 * @param histories as they were trained
 * @param targets [numUsers] dense rows of what came next, −1 for users who are not measured
 */
export function measureNextItem(
  model: SequenceModel,
  { numUsers, userOffsets, itemIndices, ratings, timestamps }: Interactions,
  targets: Int32Array,
  k = 10,
): NextItemFigures {
  const { numItems, dim, parameters } = model;
  const { itemEmbeddings } = parameters;
  const metBy = new Int32Array(numItems).fill(-1);
  let users = 0;
  let ndcg = 0;
  let hits = 0;
  for (let user = 0; user < numUsers; user++) {
    const target = targets[user];
    if (target < 0) continue;
    users++;
    const rows: [number, number] = [userOffsets[user], userOffsets[user + 1]];
    const items = itemIndices.subarray(...rows);
    for (const item of items) metBy[item] = user;
    metBy[target] = user;
    const vector = encodeSequence(model, {
      items,
      ratings: ratings.subarray(...rows),
      timestamps: timestamps.subarray(...rows),
    });
    const scoreOf = (item: number): number => {
      let score = 0;
      for (let c = 0, at = item * dim; c < dim; c++, at++) score += vector[c] * itemEmbeddings[at];
      return score;
    };
    const own = scoreOf(target);
    let rank = 0;
    for (let item = 0; item < numItems && rank < k; item++) {
      // Not `>=`: a score that is no number must not look like a hit.
      if (metBy[item] !== user && !(scoreOf(item) < own)) rank++;
    }
    if (rank >= k) continue;
    ndcg += LN2 / log(rank + 2);
    hits++;
  }
  return { ndcg: users > 0 ? ndcg / users : 0, hitRate: users > 0 ? hits / users : 0 };
}
