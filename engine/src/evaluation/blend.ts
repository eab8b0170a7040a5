import { seededRandom, shuffle } from '../random/random.ts';
import { subtractRisks } from '../serving/rankCandidates.ts';
import { fitCalibration } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import type { ServedSettings } from '../features/recommenderModel.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { log, LN2, min, ceil } = Math;

/** One user's candidates with every feature. */
export interface BlendCase {
  /** One array a feature, [numFeatures][n], each standardised. */
  readonly z: readonly Float32Array[];
  /** [n] 1 where the user picked the candidate. */
  readonly relevant: Uint8Array;
  /** Relevant items that were not among the candidates: they count as missed. */
  readonly numMissed: number;
  /** [n] risks of a dislike, see `dislikeRisks`; the features' weights are chosen without them. */
  readonly risks?: Float64Array;
  /** [n] 1 where the user picked the candidate and disliked it. */
  readonly disliked?: Uint8Array;
  /** Disliked items among the candidates and among those missed. */
  readonly numDisliked?: number;
}

/** A value per case to be raised, from the blended scores of its candidates, [n]. */
export type BlendObjective = (one: BlendCase, scores: Float32Array) => number;

export interface BlendOptions {
  readonly objective: BlendObjective;
  /** A feature that must keep a share of the sum of weights. */
  readonly floor?: { readonly feature: number; readonly share: number };
  readonly seed: number;
  /** Awaited after each trial of a step, some milliseconds apart: a place to notice signals; what it throws stops the choice. */
  readonly pause?: () => Promise<void>;
}

const STEPS = [0.5, 0.25, 0.125];
/** The least gain in the mean objective for which a step is taken. */
const MIN_GAIN = 3e-4;
const NUM_BAGS = 20;
const BAG_SHARE = 0.25;
const START = 0.25;

/**
 * Chooses the weights of a blend Σ weight · z, non-negative with sum 1, [numFeatures].
 *
 * Bagged forward selection (Caruana et al., "Ensemble Selection from Libraries of Models", 2004): from nothing, or from the
 * feature with the floor alone, the step that gains most is taken until none gains, with ever smaller steps; the mean over
 * twenty random quarters of the cases is the result, which follows chance less than one selection by all of them would.
 */
export async function chooseWeights(
  cases: readonly BlendCase[],
  numFeatures: number,
  options: BlendOptions,
): Promise<Float64Array> {
  const random = seededRandom(options.seed);
  const mean = new Float64Array(numFeatures);
  const order = Int32Array.from(cases.keys());
  for (let bag = 0; bag < NUM_BAGS; bag++) {
    shuffle(order, random);
    const some = Array.from(order.subarray(0, ceil(BAG_SHARE * cases.length)), (index) => cases[index]);
    const weights = await selectForward(some, numFeatures, options);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, feature) => (mean[feature] += weight / sum));
  }
  return mean.map((total) => total / NUM_BAGS);
}

async function selectForward(
  cases: readonly BlendCase[],
  numFeatures: number,
  { objective, floor, pause }: BlendOptions,
): Promise<Float64Array> {
  const weights = new Float64Array(numFeatures);
  const totals = cases.map(({ relevant }) => new Float32Array(relevant.length));
  const trial = new Float32Array(cases.reduce((most, { relevant }) => Math.max(most, relevant.length), 0));
  const apply = (feature: number, step: number): void => {
    weights[feature] += step;
    cases.forEach(({ z }, index) => {
      const total = totals[index];
      const values = z[feature];
      for (let i = 0; i < total.length; i++) total[i] += step * values[i];
    });
  };
  const valueAfter = (feature: number, step: number): number => {
    let sum = 0;
    for (let index = 0; index < cases.length; index++) {
      const total = totals[index];
      const values = cases[index].z[feature];
      const scores = trial.subarray(0, total.length);
      for (let i = 0; i < scores.length; i++) scores[i] = total[i] + step * values[i];
      sum += objective(cases[index], scores);
    }
    return cases.length === 0 ? 0 : sum / cases.length;
  };
  const isAllowed = (feature: number, step: number): boolean => {
    if (weights[feature] + step < 0) return false;
    const sum = weights.reduce((total, weight) => total + weight, step);
    if (sum <= 0) return false;
    if (!floor) return true;
    const kept = weights[floor.feature] + (feature === floor.feature ? step : 0);
    return kept >= floor.share * sum;
  };

  if (floor) apply(floor.feature, START);
  let best = floor ? valueAfter(floor.feature, 0) : -Infinity;
  for (const size of STEPS) {
    for (;;) {
      let chosen: { feature: number; step: number; value: number } | null = null;
      for (let feature = 0; feature < numFeatures; feature++) {
        for (const step of [size, -size]) {
          if (!isAllowed(feature, step)) continue;
          const value = valueAfter(feature, step);
          await pause?.();
          if (value > (chosen?.value ?? best + MIN_GAIN)) chosen = { feature, step, value };
        }
      }
      if (!chosen) break;
      apply(chosen.feature, chosen.step);
      best = chosen.value;
    }
  }
  return weights;
}

/** nDCG of the first k places, ties counted pessimistically; missed items count. */
export function ndcgObjective(k: number): BlendObjective {
  const bestScores = new Float32Array(k);
  const bestLabels = new Uint8Array(k);
  const discounts = Float64Array.from({ length: k }, (_, rank) => LN2 / log(rank + 2));
  return ({ relevant, numMissed }, scores) => {
    let size = 0;
    let numRelevant = numMissed;
    for (let i = 0; i < scores.length; i++) {
      const label = relevant[i];
      numRelevant += label;
      const score = scores[i];
      if (size === k && (score < bestScores[k - 1] || (score === bestScores[k - 1] && label === 1))) continue;
      let place = size < k ? size++ : k - 1;
      while (
        place > 0 &&
        (bestScores[place - 1] < score || (bestScores[place - 1] === score && bestLabels[place - 1] > label))
      ) {
        bestScores[place] = bestScores[place - 1];
        bestLabels[place] = bestLabels[place - 1];
        place--;
      }
      bestScores[place] = score;
      bestLabels[place] = label;
    }
    let gain = 0;
    let ideal = 0;
    for (let rank = 0; rank < size; rank++) if (bestLabels[rank] === 1) gain += discounts[rank];
    for (let rank = 0; rank < min(k, numRelevant); rank++) ideal += discounts[rank];
    return ideal > 0 ? gain / ideal : 0;
  };
}

const MAX_RANKED = 5;

/**
 * Mean discount ln 2 / ln(rank + 2) of the relevant candidates over the whole list: what candidates are retrieved by should
 * lose nothing, however far down. Of many relevant ones the first five count.
 */
export const discountObjective: BlendObjective = ({ relevant }, scores) => {
  let sum = 0;
  let numRanked = 0;
  for (let i = 0; i < scores.length && numRanked < MAX_RANKED; i++) {
    if (relevant[i] === 0) continue;
    let rank = -1;
    for (let other = 0; other < scores.length; other++) if (scores[other] >= scores[i]) rank++;
    sum += LN2 / log(rank + 2);
    numRanked++;
  }
  return numRanked > 0 ? sum / numRanked : 0;
};

/** The blend Σ weight · z of a case's candidates, [n]. */
export function blendOf({ z, relevant }: BlendCase, weights: ArrayLike<number>): Float64Array {
  const scores = new Float64Array(relevant.length);
  for (let feature = 0; feature < z.length; feature++) {
    const values = z[feature];
    for (let i = 0; i < values.length; i++) scores[i] += weights[feature] * values[i];
  }
  return scores;
}

type RiskSettings = Pick<ServedSettings, 'dislikeWeight'>;

/**
 * Fits the calibration of a blend over all candidates of all cases.
 * @param settings say what their risks take from it
 */
export function calibrate(
  cases: readonly BlendCase[],
  weights: ArrayLike<number>,
  settings: RiskSettings = {},
): Calibration {
  const { scores, labels } = labelledScores(cases, weights, settings);
  return fitCalibration(scores, labels);
}

/** The blends of all candidates of all cases less their risks, one after another, with 1 where the user picked the candidate. */
export function labelledScores(
  cases: readonly BlendCase[],
  weights: ArrayLike<number>,
  settings: RiskSettings = {},
): { scores: Float64Array; labels: Uint8Array } {
  const numCandidates = cases.reduce((sum, { relevant }) => sum + relevant.length, 0);
  const scores = new Float64Array(numCandidates);
  const labels = new Uint8Array(numCandidates);
  let offset = 0;
  for (const one of cases) {
    const blend = blendOf(one, weights);
    if (one.risks) subtractRisks(blend, one.risks, settings);
    scores.set(blend, offset);
    labels.set(one.relevant, offset);
    offset += blend.length;
  }
  return { scores, labels };
}
