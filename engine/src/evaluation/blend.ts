import { fitCalibration } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { ranksOfRelevant } from './metrics.ts';

/** One user's candidates with the standardised scores of both models. */
export interface BlendCase {
  /** [n] standardised within these candidates. */
  readonly item2vecZ: Float32Array;
  /** [n] standardised within these candidates. */
  readonly neuralCFZ: Float32Array;
  /** [n] 1 where the user picked the candidate. */
  readonly relevant: Uint8Array;
  /** Relevant items that were not among the candidates: they count as missed. */
  readonly numMissed: number;
}

/** What the inner split decides. */
export interface BlendChoice {
  /** Share w of NeuralCF in z = (1 − w) · z_item2vec + w · z_NeuralCF. */
  readonly neuralCFWeight: number;
  /** Mean metric over the cases for each weight tried. */
  readonly metricByWeight: ReadonlyMap<number, number>;
  /** Of the blend, and of item2vec alone. */
  readonly calibration: { readonly ranked: Calibration; readonly retrieval: Calibration };
}

/**
 * Chooses the weight of the best mean metric (the smaller of equally good ones) and calibrates the scores it gives.
 *
 * @param weights the weights to try, ascending.
 */
export function chooseBlend(
  cases: readonly BlendCase[],
  weights: readonly number[],
  metric: (ranks: Int32Array) => number,
): BlendChoice {
  const metricByWeight = new Map<number, number>();
  let neuralCFWeight = weights[0];
  for (const weight of weights) {
    const sum = cases.reduce((total, one) => total + metric(ranksOfCase(one, weight)), 0);
    metricByWeight.set(weight, cases.length === 0 ? 0 : sum / cases.length);
    if (sum / cases.length > (metricByWeight.get(neuralCFWeight) ?? 0)) neuralCFWeight = weight;
  }
  return {
    neuralCFWeight,
    metricByWeight,
    calibration: { ranked: calibrate(cases, neuralCFWeight), retrieval: calibrate(cases, 0) },
  };
}

/** Fits the calibration of a blend over all candidates of all cases. */
export function calibrate(cases: readonly BlendCase[], neuralCFWeight: number): Calibration {
  const numCandidates = cases.reduce((sum, { relevant }) => sum + relevant.length, 0);
  const scores = new Float64Array(numCandidates);
  const labels = new Uint8Array(numCandidates);
  let offset = 0;
  for (const one of cases) {
    scores.set(blend(one, neuralCFWeight), offset);
    labels.set(one.relevant, offset);
    offset += one.relevant.length;
  }
  return fitCalibration(scores, labels);
}

function blend({ item2vecZ, neuralCFZ }: BlendCase, weight: number): Float32Array {
  return item2vecZ.map((z, candidate) => (1 - weight) * z + weight * neuralCFZ[candidate]);
}

function ranksOfCase(one: BlendCase, weight: number): Int32Array {
  const scores = blend(one, weight);
  const picked = scores.filter((_, candidate) => one.relevant[candidate] === 1);
  const others = scores.filter((_, candidate) => one.relevant[candidate] === 0);
  const numRelevant = picked.length + one.numMissed;
  const ordered = new Float32Array(numRelevant + others.length).fill(-Infinity);
  ordered.set(picked);
  ordered.set(others, numRelevant);
  return ranksOfRelevant(ordered, numRelevant);
}
