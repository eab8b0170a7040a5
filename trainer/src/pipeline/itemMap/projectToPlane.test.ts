import { describe, expect, it } from '@jest/globals';
import { createProgress } from '@pocketrocket/runtime';
import { projectToPlane } from './projectToPlane.ts';

const progress = createProgress(process.stderr, 'none');
const { signal } = new AbortController();
const options = { seed: 42, progress, signal, maxLandmarks: 1_000 };

const NUM_ROWS = 60;

/** Two kinds of vectors, in turn, apart by nearly a right angle. */
const vectors = Float32Array.from({ length: NUM_ROWS * 3 }, (_, i) => {
  const [row, d] = [Math.floor(i / 3), i % 3];
  return d === row % 2 ? 1 : 0.1 * Math.sin(7 * row + d);
});
const weights = Float32Array.from({ length: NUM_ROWS }, (_, row) => (row * 7) % NUM_ROWS);

/** The row that lies nearest to another one on the map. */
function nearestOf(places: Float32Array, row: number): number {
  const distance = (other: number): number =>
    Math.hypot(
      (places[2 * row] ?? NaN) - (places[2 * other] ?? NaN),
      (places[2 * row + 1] ?? NaN) - (places[2 * other + 1] ?? NaN),
    );
  const others = Array.from({ length: NUM_ROWS }, (_, other) => other).filter((other) => other !== row);
  return others.reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

describe('the map of items', () => {
  it.each([NUM_ROWS, 40])(
    'keeps what is alike together, and is the same for the same seed, with %i landmarks',
    async (maxLandmarks) => {
      const draw = () => projectToPlane(vectors, 3, weights, { ...options, maxLandmarks });
      const places = await draw();
      expect(places).toHaveLength(2 * NUM_ROWS);
      for (let row = 0; row < NUM_ROWS; row++)
        expect(nearestOf(places ?? new Float32Array(0), row) % 2).toBe(row % 2);
      expect(await draw()).toEqual(places);
    },
  );

  it('has a place for a vector of zeros', async () => {
    const withZero = Float32Array.from(vectors);
    withZero.fill(0, 0, 3);
    const places = await projectToPlane(withZero, 3, weights, options);
    expect(places?.every(Number.isFinite)).toBe(true);
  });

  it('needs four vectors and stops when it is told to', async () => {
    expect(await projectToPlane(vectors.subarray(0, 9), 3, weights, options)).toBeNull();
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(projectToPlane(vectors, 3, weights, { ...options, signal: stopped })).rejects.toThrow(
      'stopped',
    );
  });
});
