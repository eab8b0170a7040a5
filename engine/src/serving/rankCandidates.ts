import { scoreNeuralCFVector } from '../neuralCF.ts';
import type { Candidates } from '../topK.ts';
import type { FoldedUser } from './foldIn.ts';
import type { RetrievedCandidates } from './retrieveCandidates.ts';
import { RETRIEVAL_FEATURES } from './servedModel.ts';
import type { RecommenderModel, ScoreCalibration } from './servedModel.ts';
import { momentsOf, standardise } from './standardise.ts';

/** NeuralCF's logits of the candidates, or null where it cannot score this user. */
export function neuralCFLogits(
  { neuralCF }: Pick<RecommenderModel, 'neuralCF'>,
  user: FoldedUser,
  items: Int32Array,
): Float32Array | null {
  if (neuralCF === null || user.neuralCF === null) return null;
  const logits = new Float32Array(items.length);
  scoreNeuralCFVector(neuralCF, user.neuralCF, items, logits);
  return logits;
}

/**
 * The same candidates, best first, with scores in (0, 1), ties by ascending row.
 *
 * z = Σ weight · z_feature, each feature standardised within the candidates, by the model's `rankingWeights`; the score
 * is σ(slope · z + intercept) by the `ranked` calibration. Without logits retrieval's own order stays, by the
 * `retrieval` calibration.
 * @param logits NeuralCF's, [candidates]; null where it cannot score this user
 */
export function rankCandidates(
  { settings }: Pick<RecommenderModel, 'settings'>,
  candidates: RetrievedCandidates,
  logits: Float32Array | null,
): Candidates {
  const z = blendedScores({ settings }, candidates, logits);
  const calibration = logits ? settings.calibration.ranked : settings.calibration.retrieval;
  const order = bestFirst(z, candidates.items);
  return {
    items: order.map((place) => candidates.items[place]),
    scores: Float32Array.from(order, (place) => probability(z[place], calibration)),
  };
}

/** The places of z by descending value, ties by ascending row: a merge sort, since a comparing function costs thrice as much. */
function bestFirst(z: Float64Array, items: Int32Array): Int32Array {
  const n = z.length;
  let from = Int32Array.from(z.keys());
  let to = new Int32Array(n);
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(middle + width, n);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const a = from[left];
        const b = from[right];
        const takesLeft =
          right === end || (left < middle && (z[a] > z[b] || (z[a] === z[b] && items[a] < items[b])));
        to[at] = takesLeft ? from[left++] : from[right++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** What {@link rankCandidates} orders by: z per candidate in the order given, [candidates], before calibration. */
export function blendedScores(
  { settings }: Pick<RecommenderModel, 'settings'>,
  { items, scores, features }: RetrievedCandidates,
  logits: Float32Array | null,
): Float64Array {
  if (logits === null) return standardise(scores);
  const { rankingWeights } = settings;
  const z = new Float64Array(items.length);
  const add = (values: Float32Array, weight: number): void => {
    const { mean, deviation } = momentsOf(values);
    if (deviation === 0) return;
    const scale = weight / deviation;
    for (let place = 0; place < z.length; place++) z[place] += scale * (values[place] - mean);
  };
  for (const feature of RETRIEVAL_FEATURES) {
    const weight = rankingWeights[feature] ?? 0;
    const values = features.get(feature);
    if (weight > 0 && values) add(values, weight);
  }
  add(logits, rankingWeights.neuralCF ?? 0);
  return z;
}

/** Largest float32 below 1: calibrated scores stay inside the open interval however far out z lies. */
const MAX_PROBABILITY = 1 - 2 ** -24;

function probability(z: number, { slope, intercept }: ScoreCalibration): number {
  const value = 1 / (1 + Math.exp(-slope * z - intercept));
  return Math.min(MAX_PROBABILITY, Math.max(1 - MAX_PROBABILITY, value));
}
