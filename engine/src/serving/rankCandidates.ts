import { scoreNeuralCF } from '../neuralCF.ts';
import type { Candidates } from '../topK.ts';
import type { RecommenderModel, ScoreCalibration } from './servedModel.ts';
import { standardise } from './standardise.ts';

/**
 * The same candidates, best first, with scores in (0, 1), ties by ascending row.
 *
 * z = (1 − w) · z(item2vec) + w · z(NeuralCF's logit), each standardised within the candidates, w the model's
 * `neuralCFWeight`; the score is σ(slope · z + intercept) by the `ranked` calibration. Where the model has no NeuralCF
 * or it does not know the user, z = z(item2vec) by the `retrieval` calibration.
 * @param userIndex the user's row among those known at training; null where there is none
 * @param candidates with item2vec's scores, from retrieval
 */
export function rankCandidates(
  model: Pick<RecommenderModel, 'neuralCF' | 'settings'>,
  userIndex: number | null,
  candidates: Candidates,
): Candidates {
  const z = blendedScores(model, userIndex, candidates);
  const { calibration } = model.settings;
  const isRanked = model.neuralCF !== null && userIndex !== null;
  const order = Array.from(candidates.items.keys()).sort(
    (a, b) => z[b] - z[a] || candidates.items[a] - candidates.items[b],
  );
  return {
    items: Int32Array.from(order, (index) => candidates.items[index]),
    scores: Float32Array.from(order, (index) =>
      probability(z[index], isRanked ? calibration.ranked : calibration.retrieval),
    ),
  };
}

/** What {@link rankCandidates} orders by: z per candidate in the order given, [candidates], before calibration. */
export function blendedScores(
  { neuralCF, settings }: Pick<RecommenderModel, 'neuralCF' | 'settings'>,
  userIndex: number | null,
  { items, scores }: Candidates,
): Float64Array {
  const retrieval = standardise(scores);
  if (neuralCF === null || userIndex === null) return retrieval;
  const logits = new Float32Array(items.length);
  scoreNeuralCF(neuralCF, userIndex, items, logits);
  const weight = settings.neuralCFWeight;
  return standardise(logits).map((z, index) => (1 - weight) * retrieval[index] + weight * z);
}

/** Largest float32 below 1: calibrated scores stay inside the open interval however far out z lies. */
const MAX_PROBABILITY = 1 - 2 ** -24;

function probability(z: number, { slope, intercept }: ScoreCalibration): number {
  const value = 1 / (1 + Math.exp(-slope * z - intercept));
  return Math.min(MAX_PROBABILITY, Math.max(1 - MAX_PROBABILITY, value));
}
