import type { ScoreCalibration } from '../features/recommenderModel.ts';
import { bent } from '../serving/probabilityOf.ts';

export type Calibration = ScoreCalibration;

/** σ(z): what an uncalibrated score becomes. */
export const IDENTITY_CALIBRATION: Calibration = { slope: 1, intercept: 0 };

const MAX_STEPS = 50;
const TOLERANCE = 1e-9;
/** Weight of a prior around the identity, as a share of the examples: keeps the slope finite where classes separate. */
const PRIOR_WEIGHT = 1e-3;

/** Deciles of the scores at which a knot is tried. */
const KNOT_QUANTILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
/** Of fewer examples a knot would follow chance. */
const MIN_EXAMPLES_FOR_KNOT = 1_000;
/** The least gain in log loss for which a knot is taken. */
const MIN_GAIN = 1e-3;

/**
 * Fits σ(slope · z + intercept) to relevance by logistic regression (Platt scaling, 1999), by Newton's method.
 *
 * Relevant and irrelevant examples weigh the same in sum, so that the result reads: how probably is this one, and not a
 * randomly drawn candidate, what the user picks. The slope is positive, so that calibrated scores keep the order; the
 * identity is returned where there is nothing to fit or the fitted order would be reversed.
 *
 * Scores far below say little: there stand candidates whose risk of a dislike was subtracted, of users who dislike and watch much. Where
 * it fits better, z counts little below a knot, one of the scores' deciles.
 *
 * @param scores [n]
 * @param relevant [n] 1 for relevant, 0 for irrelevant.
 */
export function fitCalibration(scores: Float64Array, relevant: Uint8Array): Calibration {
  const numRelevant = relevant.reduce((sum, label) => sum + label, 0);
  if (numRelevant === 0 || numRelevant === scores.length) return IDENTITY_CALIBRATION;
  let best = fitLogistic(scores, relevant, numRelevant);
  const sorted = scores.length < MIN_EXAMPLES_FOR_KNOT ? null : scores.toSorted();
  for (const share of sorted ? KNOT_QUANTILES : []) {
    const knot = sorted?.[Math.floor(share * scores.length)] ?? 0;
    const fitted = fitLogistic(
      scores.map((z) => bent(z, knot)),
      relevant,
      numRelevant,
    );
    if (fitted.loss < best.loss - MIN_GAIN && fitted.calibration.slope > 0)
      best = { ...fitted, calibration: { ...fitted.calibration, knot } };
  }
  const { slope, intercept } = best.calibration;
  return slope > 0 && Number.isFinite(intercept) ? best.calibration : IDENTITY_CALIBRATION;
}

interface Fitted {
  readonly calibration: Calibration;
  /** Mean log loss of both classes. */
  readonly loss: number;
}

/** The logistic regression by Newton's method. */
function fitLogistic(scores: Float64Array, relevant: Uint8Array, numRelevant: number): Fitted {
  const weights = [0.5 / (scores.length - numRelevant), 0.5 / numRelevant];

  // Every probability is ½ at the start, where the curvature is largest and Newton's first step the safest.
  let slope = 0;
  let intercept = 0;
  let loss = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    let gradientSlope = PRIOR_WEIGHT * (1 - slope);
    let gradientIntercept = -PRIOR_WEIGHT * intercept;
    let curvatureSlope = PRIOR_WEIGHT;
    let curvatureBoth = 0;
    let curvatureIntercept = PRIOR_WEIGHT;
    loss = 0;
    for (let i = 0; i < scores.length; i++) {
      const z = scores[i];
      const label = relevant[i];
      const weight = weights[label];
      const probability = 1 / (1 + Math.exp(-slope * z - intercept));
      loss -= weight * Math.log(label === 1 ? probability : 1 - probability);
      const residual = weight * (label - probability);
      const curvature = weight * probability * (1 - probability);
      gradientSlope += residual * z;
      gradientIntercept += residual;
      curvatureSlope += curvature * z * z;
      curvatureBoth += curvature * z;
      curvatureIntercept += curvature;
    }
    const determinant = curvatureSlope * curvatureIntercept - curvatureBoth ** 2;
    const slopeStep = (curvatureIntercept * gradientSlope - curvatureBoth * gradientIntercept) / determinant;
    const interceptStep = (curvatureSlope * gradientIntercept - curvatureBoth * gradientSlope) / determinant;
    slope += slopeStep;
    intercept += interceptStep;
    if (Math.abs(slopeStep) + Math.abs(interceptStep) < TOLERANCE) break;
  }
  return { calibration: { slope, intercept }, loss };
}

/** A stretch of calibrated scores, and how often what had them was relevant. */
export interface CalibrationBin {
  /** Mean score; 0 in an empty bin. */
  readonly score: number;
  /** Share of relevant examples; 0 in an empty bin. */
  readonly relevant: number;
  /** Share of all examples' weight that the bin has. */
  readonly weight: number;
}

/**
 * The expected calibration error Σ weight · |score − relevant| over bins of equal width, with relevant and irrelevant examples weighing the
 * same in sum, as {@link fitCalibration} weighs them. NaN where there are none of either.
 *
 * Source: Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015.
 * @param probabilities [n] in [0, 1]
 * @param relevant [n] 1 for relevant, 0 for irrelevant.
 */
export function calibrationError(
  probabilities: Float64Array,
  relevant: Uint8Array,
  numBins = 10,
): { error: number; bins: CalibrationBin[] } {
  const numRelevant = relevant.reduce((sum, label) => sum + label, 0);
  const weights = [0.5 / (relevant.length - numRelevant), 0.5 / numRelevant];
  const sums = Array.from({ length: numBins }, () => ({ score: 0, relevant: 0, weight: 0 }));
  probabilities.forEach((probability, place) => {
    const sum = sums[Math.min(numBins - 1, Math.floor(numBins * probability))];
    const label = relevant[place];
    const weight = weights[label];
    sum.score += weight * probability;
    sum.relevant += weight * label;
    sum.weight += weight;
  });
  const error = sums.reduce((total, bin) => total + Math.abs(bin.score - bin.relevant), 0);
  const bins = sums.map(({ score, relevant: hits, weight }) =>
    weight > 0
      ? { score: score / weight, relevant: hits / weight, weight }
      : { score, relevant: hits, weight },
  );
  return { error: numRelevant > 0 && numRelevant < relevant.length ? error : NaN, bins };
}
