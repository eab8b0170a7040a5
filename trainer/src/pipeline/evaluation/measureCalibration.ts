import {
  calibrationError,
  labelledScores,
  ModelScorers,
  probabilityOf,
  RANKING_FEATURES,
  type BlendCase,
  type CalibrationBin,
  type RecommenderModel,
} from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import { inRetrievalOrder, MAX_RANKING_CASES, someCases } from './tuneSettings.ts';
import { inUserBatches, type BatchDeps } from './userBatches.ts';

/** The distance of served scores from the shares that they predict, on held-out users. */
export interface MeasuredCalibration {
  /** Expected calibration error over ten bins; null where no held-out item is among the candidates, or nothing else is. */
  error: number | null;
  /** Users whose candidates were scored, at most 1,500. */
  users: number;
  bins: CalibrationBin[];
}

/**
 * Measures the calibration of the scores that lists and `Movie.viewerPrediction` tell: of each held-out user's candidates, how probably
 * is one of those that the user went on to watch, where these and the others weigh the same in sum.
 * @param model fitted on the split's training rows, calibrated on the inner split
 */
export async function measureCalibration(
  split: MeasuredSplit,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<MeasuredCalibration> {
  const { settings } = model;
  const { cases, histories } = await someCases(
    split,
    MAX_RANKING_CASES,
    settings.numCandidates * RANKING_FEATURES.length,
  );
  const scorers = new ModelScorers(model, histories);
  const ranked: BlendCase[] = [];
  await inUserBatches(
    'measuring calibration',
    cases,
    (some) => ranked.push(...scorers.rankingCases(some)),
    deps,
  );
  const { scores, labels } = model.neuralCF
    ? labelledScores(
        ranked,
        RANKING_FEATURES.map((feature) => settings.rankingWeights[feature] ?? 0),
        settings,
      )
    : labelledScores(
        ranked.map((one) => inRetrievalOrder(one, settings.retrievalWeights)),
        [1],
        settings,
      );
  const calibration = model.neuralCF ? settings.calibration.ranked : settings.calibration.retrieval;
  const probabilities = scores.map((z) => probabilityOf(z, calibration));
  const { error, bins } = calibrationError(probabilities, labels);
  return { error: Number.isNaN(error) ? null : error, users: ranked.length, bins };
}
