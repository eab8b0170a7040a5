import type { RecommenderModel, ScoreCalibration, ServedSettings } from '../features/recommenderModel.ts';
import { scoreNeuralCFVector } from '../models/neuralCF/scoring.ts';
import type { Candidates } from '../search/topK.ts';
import { blendOnScale, blendScaleOf } from './blendScale.ts';
import { probabilityOf } from './probabilityOf.ts';
import type { FoldedUser } from './foldIn.ts';
import type { RetrievedCandidates } from './retrieveCandidates.ts';

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

/** Candidates in another order. */
export interface OrderedCandidates extends Candidates {
  /** The place of each among the candidates as they were given. */
  readonly places: Int32Array;
}

/**
 * The same candidates, best first, with scores in (0, 1), ties by ascending row.
 *
 * z = Σ weight · z_feature, each feature standardised within the candidates, by the model's `rankingWeights`; the score
 * is σ(slope · z + intercept) by the `ranked` calibration. Without logits retrieval's own order stays, by the
 * `retrieval` calibration.
 * @param logits NeuralCF's, [candidates]; null where it cannot score this user
 * @param risks of a dislike, [candidates], see `dislikeRisks`; nothing is subtracted where they are left out
 */
export function rankCandidates(
  { settings }: Pick<RecommenderModel, 'settings'>,
  candidates: RetrievedCandidates,
  logits: Float32Array | null,
  risks?: Float64Array,
): OrderedCandidates {
  const z = blendedScores({ settings }, candidates, logits);
  if (risks) subtractRisks(z, risks, settings);
  const calibration = logits ? settings.calibration.ranked : settings.calibration.retrieval;
  const order = bestFirst(z, candidates.items);
  const ranked = {
    items: new Int32Array(order.length),
    scores: new Float32Array(order.length),
    places: order,
  };
  for (let place = 0; place < order.length; place++) {
    ranked.items[place] = candidates.items[order[place]];
    ranked.scores[place] = probability(z[order[place]], calibration);
  }
  return ranked;
}

/** Buckets of equal width that values are distributed to before each is sorted. */
const BUCKETS = 1024;
/** Values in the largest bucket that insertion sort still takes. */
const MOST_IN_BUCKET = 32;

/**
 * The places of z by descending value, ties by ascending row, by bucket sort: values are distributed to buckets between the
 * largest and the smallest, then sorted by insertion. Where one bucket got many, as beside an outlier, the language's own
 * sort takes over, which the comparing function makes slow.
 */
function bestFirst(z: Float64Array, items: Int32Array): Int32Array {
  const n = z.length;
  let most = -Infinity;
  let least = Infinity;
  for (let place = 0; place < n; place++) {
    if (z[place] > most) most = z[place];
    if (z[place] < least) least = z[place];
  }
  const scale = most > least ? (BUCKETS - 1) / (most - least) : 0;
  const ends = new Int32Array(BUCKETS + 1);
  for (let place = 0; place < n; place++) ends[1 + Math.trunc((most - z[place]) * scale)]++;
  let largest = 0;
  for (let bucket = 1; bucket <= BUCKETS; bucket++) {
    largest = Math.max(largest, ends[bucket]);
    ends[bucket] += ends[bucket - 1];
  }
  if (largest > MOST_IN_BUCKET)
    return Int32Array.from(z.keys()).sort((a, b) => z[b] - z[a] || items[a] - items[b]);
  const order = new Int32Array(n);
  for (let place = 0; place < n; place++) order[ends[Math.trunc((most - z[place]) * scale)]++] = place;
  // No value moves further than to the start of its bucket: all before it are larger.
  for (let at = 1; at < n; at++) {
    const place = order[at];
    let hole = at;
    for (; hole > 0; hole--) {
      const before = order[hole - 1];
      if (z[before] > z[place] || (z[before] === z[place] && items[before] < items[place])) break;
      order[hole] = before;
    }
    order[hole] = place;
  }
  return order;
}

/** The z that {@link rankCandidates} orders by, before calibration, in the order given, [candidates]. */
export function blendedScores(
  model: Pick<RecommenderModel, 'settings'>,
  candidates: RetrievedCandidates,
  logits: Float32Array | null,
): Float64Array {
  return blendOnScale(blendScaleOf(model, candidates, logits), candidates, logits);
}

/** The weight of risks where the settings name none: in the recipes that tune nothing, and in models of earlier releases. */
export const DISLIKE_WEIGHT = 0.5;

/** Subtracts the risks of a dislike from blended scores z, in place: w · risk, with the settings' w. */
export function subtractRisks(
  z: Float64Array,
  risks: Float64Array,
  { dislikeWeight = DISLIKE_WEIGHT }: Pick<ServedSettings, 'dislikeWeight'>,
): void {
  for (let place = 0; place < z.length; place++) z[place] -= dislikeWeight * risks[place];
}

/** The probabilities of blended scores, [z], by the calibration of those with logits or of those without. */
export function calibratedScores(
  z: Float64Array,
  { calibration }: Pick<ServedSettings, 'calibration'>,
  hasLogits: boolean,
): Float32Array {
  const used = hasLogits ? calibration.ranked : calibration.retrieval;
  return Float32Array.from(z, (one) => probability(one, used));
}

/** Largest float32 below 1: calibrated scores stay inside the open interval however far out z lies. */
const MAX_PROBABILITY = 1 - 2 ** -24;

function probability(z: number, calibration: ScoreCalibration): number {
  return Math.min(MAX_PROBABILITY, Math.max(1 - MAX_PROBABILITY, probabilityOf(z, calibration)));
}
