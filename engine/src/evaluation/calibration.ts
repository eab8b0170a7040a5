/** Turns a score z into a probability σ(slope · z + intercept). */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** σ(z): what an uncalibrated score becomes. */
export const IDENTITY_CALIBRATION: Calibration = { slope: 1, intercept: 0 };

const MAX_STEPS = 50;
const TOLERANCE = 1e-9;
/** Weight of a prior around the identity, as a share of the examples: keeps the slope finite where classes separate. */
const PRIOR_WEIGHT = 1e-3;

/**
 * Fits σ(slope · z + intercept) to relevance by logistic regression (Platt scaling, 1999), by Newton's method.
 *
 * Relevant and irrelevant examples weigh the same in sum, so that the result reads: how probably is this one, and not a
 * randomly drawn candidate, what the user picks. The slope is positive, so that calibrated scores keep the order; the
 * identity is returned where there is nothing to fit or the fitted order would be reversed.
 *
 * @param scores [n]
 * @param relevant [n] 1 for relevant, 0 for irrelevant.
 */
export function fitCalibration(scores: Float64Array, relevant: Uint8Array): Calibration {
  const numRelevant = relevant.reduce((sum, label) => sum + label, 0);
  if (numRelevant === 0 || numRelevant === scores.length) return IDENTITY_CALIBRATION;
  const weights = [0.5 / (scores.length - numRelevant), 0.5 / numRelevant];

  // Every probability is ½ at the start, where the curvature is largest and Newton's first step the safest.
  let slope = 0;
  let intercept = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    let gradientSlope = PRIOR_WEIGHT * (1 - slope);
    let gradientIntercept = -PRIOR_WEIGHT * intercept;
    let curvatureSlope = PRIOR_WEIGHT;
    let curvatureBoth = 0;
    let curvatureIntercept = PRIOR_WEIGHT;
    for (let i = 0; i < scores.length; i++) {
      const z = scores[i];
      const label = relevant[i];
      const weight = weights[label];
      const probability = 1 / (1 + Math.exp(-slope * z - intercept));
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
  return slope > 0 && Number.isFinite(intercept) ? { slope, intercept } : IDENTITY_CALIBRATION;
}
