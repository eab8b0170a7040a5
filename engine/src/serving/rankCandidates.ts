import { scoreNeuralCFVector } from '../neuralCF.ts';
import type { Candidates } from '../topK.ts';
import type { FoldedUser } from './foldIn.ts';
import type { RetrievedCandidates } from './retrieveCandidates.ts';
import { RETRIEVAL_FEATURES } from './servedModel.ts';
import type { RecommenderModel, ScoreCalibration } from './servedModel.ts';
import { standardise } from './standardise.ts';

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
  const order = Array.from(candidates.items.keys()).sort(
    (a, b) => z[b] - z[a] || candidates.items[a] - candidates.items[b],
  );
  return {
    items: Int32Array.from(order, (index) => candidates.items[index]),
    scores: Float32Array.from(order, (index) => probability(z[index], calibration)),
  };
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
    standardise(values).forEach((value, place) => (z[place] += weight * value));
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
