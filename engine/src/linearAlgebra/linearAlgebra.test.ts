import { describe, expect, it } from '@jest/globals';
import { gaussian, seededRandom } from '../random/random.ts';
import { builtKernel } from '../test/testKernel.ts';
import {
  choleskyFactor,
  choleskySolve,
  gramian,
  invertPositiveDefinite,
  mirrorLower,
  multiply,
} from './linearAlgebra.ts';
import { eliminateOnThreads, multiplyOnThreads } from './onThreads.ts';

const { abs, max } = Math;

function randomNumbers(length: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => gaussian(random));
}

/** AᵀA + n I: positive definite, condition about 5. */
function positiveDefinite(n: number): Float64Array {
  const matrix = gramian(randomNumbers(n * n, n), n);
  for (let i = 0; i < n; i++) matrix[i * n + i] += n;
  return matrix;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = max(largest, abs(a[i] - b[i]));
  return largest;
}

describe('the reference', () => {
  it('multiplies', () => {
    expect([
      ...multiply(Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 0, 0, 1, 1, 1), 2, 3, 2),
    ]).toEqual([4, 5, 10, 11]);
    expect(() => multiply(new Float32Array(5), new Float32Array(6), 2, 3, 2)).toThrow('5 and 6 numbers');
  });

  it('takes AᵀA', () => {
    expect([...gramian(Float32Array.of(1, 2, 3, 4), 2)]).toEqual([10, 14, 14, 20]);
  });

  it('factors by hand: L of [[4, 2], [2, 10]] is [[2], [1, 3]]', () => {
    const matrix = Float64Array.of(4, 99, 2, 10);
    expect(choleskyFactor(matrix, 2)).toBe(true);
    expect([...matrix]).toEqual([2, 99, 1, 3]);
    // 4x + 2y = 10, 2x + 10y = 14.
    const rhs = Float64Array.of(10, 14);
    choleskySolve(matrix, 2, rhs);
    expect([...rhs]).toEqual([2, 1]);
  });

  it('inverts', () => {
    const n = 20;
    const matrix = positiveDefinite(n);
    const inverse = matrix.slice();
    expect(invertPositiveDefinite(inverse, n)).toBe(true);
    const identity = Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
    expect(largestDifference(multiply(matrix, inverse, n, n, n), identity)).toBeLessThan(1e-13);
  });

  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['singular', [1, 1, 1, 1]],
    ['not finite', [NaN, 0, 0, 1]],
  ])('says that a matrix is not positive definite: %s', (_, numbers) => {
    expect(choleskyFactor(Float64Array.from(numbers), 2)).toBe(false);
    expect(invertPositiveDefinite(Float64Array.from(numbers), 2)).toBe(false);
  });
});

describe('the kernel agrees with the reference', () => {
  builtKernel('linearAlgebra');

  it.each([1, 63, 64, 65, 200])('on factor and inverse of %d × %d', (n) => {
    const matrix = positiveDefinite(n);
    for (const inverting of [false, true]) {
      const expected = matrix.slice();
      (inverting ? invertPositiveDefinite : choleskyFactor)(expected, n);
      const found = matrix.slice();
      expect(eliminateOnThreads(found, n, inverting)).toBe(true);
      // The reference leaves the upper triangle of a factor as it was, and so does the kernel.
      expect(largestDifference(found, expected)).toBeLessThan(2e-6 * max(...expected));
    }
  });

  it('on products, and whether a matrix is positive definite', () => {
    const [a, b] = [randomNumbers(70 * 130, 1), randomNumbers(130 * 65, 2)].map((x) => Float32Array.from(x));
    const product = multiplyOnThreads(a, b, 70, 130, 65);
    expect(largestDifference(product, multiply(a, b, 70, 130, 65))).toBeLessThan(1e-4);
    expect(multiplyOnThreads(a, b, 70, 130, 65, 2)).toEqual(product);
    const indefinite = positiveDefinite(100);
    indefinite[99 * 100 + 99] = -1;
    const before = indefinite.slice();
    expect(eliminateOnThreads(indefinite, 100, true)).toBe(false);
    expect(indefinite).toEqual(before);
  });

  it('with the same bytes from two threads as from one', () => {
    const [one, two] = [positiveDefinite(200), positiveDefinite(200)];
    eliminateOnThreads(one, 200, true, 1);
    eliminateOnThreads(two, 200, true, 2);
    expect(two).toEqual(one);
    mirrorLower(two, 200);
    expect(two).toEqual(one);
  });
});
