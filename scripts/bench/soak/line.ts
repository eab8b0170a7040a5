/** A slope with its 95% interval. */
export interface Slope {
  slope: number;
  low: number;
  high: number;
}

const MIN_POINTS = 10;
const NORMAL_95 = 1.96;

/**
 * The least-squares line through points; null for fewer than ten. The interval widens by what neighbouring residuals have in common,
 * as a first-order autoregression: measurements of one process in a row are worth less than as many apart.
 */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Slope | null {
  const n = points.length;
  if (n < MIN_POINTS) return null;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residuals = points.map(([x, y]) => y - meanY - slope * (x - meanX));
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const products = residuals.reduce((sum, residual, at) => sum + residual * (residuals[at - 1] ?? 0), 0);
  const correlation = Math.min(0.99, Math.max(0, products / squares));
  const variance = ((squares / (n - 2)) * (1 + correlation)) / (1 - correlation) / spread;
  const margin = NORMAL_95 * Math.sqrt(variance);
  return { slope, low: slope - margin, high: slope + margin };
}
