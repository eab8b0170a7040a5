import type { CandidateRanker } from './candidateRanker.ts';
import type { LoadedModel } from './loadedModel.ts';
import { logit, sigmoid } from './mathematics.ts';
import { ownScaleOf, scoreOnScale, type ItemScores, type OwnScale } from './memberScores.ts';
import type { Profile } from './profile.ts';
import type { RankedCandidates } from './rank.ts';

/** Makes one score of several people's scores of a movie. */
export type GroupAggregate = 'leastMisery' | 'mean';

export interface GroupRequest {
  /** Of the members of whom something is known, by the same model. */
  profiles: readonly Profile[];
  /** [numItems], 1 where the item may be proposed; what a member has rated is not. */
  eligible: Uint8Array;
  aggregate: GroupAggregate;
  /** Lets others be served between two members. */
  betweenMembers: () => Promise<void>;
}

/** A movie for a group. */
export interface GroupEntry {
  movieId: number;
  /** 0 to 1. */
  score: number;
  /** By place among the profiles. */
  members: { score: number; likes: boolean }[];
}

export interface GroupList {
  /** Best first. */
  entries: GroupEntry[];
  ranker: RankedCandidates['ranker'];
  candidateCount: number;
  degradedReason: string | null;
}

/**
 * A list for several people together: what they score best in common, of the items that stand highest in the mean of their own lists.
 *
 * A member's score of an item is what a list of the member's own would say, a calibrated probability. Least misery is the smallest
 * of them: nobody is bored for the others' sake; the mean is that of their log-odds, which are the members' standardised scores.
 *
 * Source: Masthoff, "Group Recommender Systems: Combining Individual Models", Recommender Systems Handbook, 2011; the scores are
 * combined rather than the lists, as Baltrunas, Makcinskas and Ricci, RecSys 2010, compare them.
 */
export async function recommendToGroup(
  ranker: CandidateRanker,
  model: LoadedModel,
  { profiles, eligible, aggregate, betweenMembers }: GroupRequest,
): Promise<GroupList> {
  const scales: OwnScale[] = [];
  for (const profile of profiles) {
    scales.push(await ownScaleOf(ranker, model, profile, eligible));
    await betweenMembers();
  }
  const items = commonItems(scales, model.recommender.settings.numCandidates);
  const scores: ItemScores[] = [];
  for (const scale of scales) {
    scores.push(await scoreOnScale(ranker, model, scale, items));
    await betweenMembers();
  }
  const entries = Array.from(items, (item, place): GroupEntry => {
    const members = scores.map(({ z, probabilities }, member) => ({
      score: probabilities[place] ?? 0,
      likes: (z[place] ?? -Infinity) >= (scales[member]?.meanZ ?? 0),
    }));
    return {
      movieId: model.items.externalId(item),
      score: AGGREGATES[aggregate](members.map(({ score }) => score)),
      members,
    };
  });
  return {
    entries: entries.sort((a, b) => b.score - a.score || a.movieId - b.movieId),
    ranker: scales.every(({ scale }) => scale.retrieval === null) ? 'neuralCF' : 'retrieval',
    candidateCount: items.length,
    degradedReason: scales.find(({ degradedReason }) => degradedReason)?.degradedReason ?? null,
  };
}

const AGGREGATES: Record<GroupAggregate, (scores: readonly number[]) => number> = {
  leastMisery: (scores) => Math.min(...scores),
  mean: (scores) => sigmoid(scores.reduce((sum, score) => sum + logit(score), 0) / scores.length),
};

/**
 * The items of all candidates that stand highest in the mean of the members' lists, at most so many, ascending; an item that a
 * member's list lacks stands behind its end there.
 */
function commonItems(scales: readonly OwnScale[], most: number): Int32Array {
  const gains = new Map<number, number>();
  for (const { items } of scales) {
    items.forEach((item, place) => gains.set(item, (gains.get(item) ?? 0) + most - place));
  }
  const best = [...gains].sort(([one, a], [other, b]) => b - a || one - other).slice(0, most);
  return Int32Array.from(best, ([item]) => item).sort();
}
