import { DISLIKE_WEIGHT, subtractRisks } from '../serving/rankCandidates.ts';
import { blendOf, ndcgObjective } from './blend.ts';
import type { BlendCase } from './blend.ts';
import { mean } from './bootstrap.ts';

/** Weights that are tried, ascending. */
const TRIED = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
/** The share of nDCG, of all held-out items, that dislikes may cost. */
const MOST_COST = 0.0075;
/** The share that the nDCG of liked items may fall by: less says nothing. */
const MOST_COST_OF_LIKED = 0.0025;
const TOP = 10;

/**
 * Chooses how much the risks of a dislike take from a blend: the most that costs at most .75 % of nDCG@10, and next to nothing of
 * it where the disliked items do not count as relevant; 0 where every weight costs more. Where nobody dislikes anything, nothing
 * can be measured, and it is {@link DISLIKE_WEIGHT}.
 */
export function chooseDislikeWeight(cases: readonly BlendCase[], weights: ArrayLike<number>): number {
  if (!cases.some(({ risks }) => risks?.some((risk) => risk > 0))) return DISLIKE_WEIGHT;
  const blends = cases.map((one) => blendOf(one, weights));
  const without = measuresOf(cases, blends, 0);
  const isAffordable = (weight: number): boolean => {
    const { all, liked } = measuresOf(cases, blends, weight);
    return all >= (1 - MOST_COST) * without.all && liked >= (1 - MOST_COST_OF_LIKED) * without.liked;
  };
  return TRIED.findLast(isAffordable) ?? 0;
}

/** Means of nDCG@10 over the cases, and over those with liked items, of which alone the second is. */
interface Measures {
  readonly all: number;
  readonly liked: number;
}

function measuresOf(cases: readonly BlendCase[], blends: readonly Float64Array[], weight: number): Measures {
  const ndcg = ndcgObjective(TOP);
  const all: number[] = [];
  const liked: number[] = [];
  cases.forEach((one, index) => {
    const scores = blends[index].slice();
    if (one.risks) subtractRisks(scores, one.risks, { dislikeWeight: weight });
    const served = Float32Array.from(scores);
    all.push(ndcg(one, served));
    const likedCase = withoutDisliked(one);
    if (likedCase) liked.push(ndcg(likedCase, served));
  });
  return { all: meanOf(all), liked: meanOf(liked) };
}

/** 0 where there is nothing to measure. */
function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(Float64Array.from(values));
}

/** The case whose disliked items are irrelevant; null where nothing else is relevant. */
function withoutDisliked(one: BlendCase): BlendCase | null {
  const { relevant, disliked, numMissed, numDisliked = 0 } = one;
  if (!disliked || numDisliked === 0) return one;
  const likedOnes = relevant.map((label, place) => label - disliked[place]);
  const numMissedLiked = numMissed - (numDisliked - sum(disliked));
  return sum(likedOnes) + numMissedLiked > 0
    ? { ...one, relevant: likedOnes, numMissed: numMissedLiked }
    : null;
}

function sum(labels: Uint8Array): number {
  return labels.reduce((total, label) => total + label, 0);
}
