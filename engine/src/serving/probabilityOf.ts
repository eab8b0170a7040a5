import type { ScoreCalibration } from '../features/recommenderModel.ts';

/** The share of z that counts below a calibration's knot; more than 0, so that calibrated scores keep the order. */
const SHARE_BELOW = 0.05;

/** z as a calibration with the knot counts it. */
export function bent(z: number, knot: number | undefined): number {
  return knot !== undefined && z < knot ? knot + SHARE_BELOW * (z - knot) : z;
}

/** The probability of a score. */
export function probabilityOf(z: number, { slope, intercept, knot }: ScoreCalibration): number {
  return 1 / (1 + Math.exp(-slope * bent(z, knot) - intercept));
}
