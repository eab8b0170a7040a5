import { describe, expect, it } from '@jest/globals';
import { randomInt, seededRandom, streamSeed } from '../random/random.ts';
import { builtKernel } from '../test/testKernel.ts';
import { reserveMemory } from './kernelMemory.ts';
import { wasm } from './webAssembly.ts';

const { abs, exp, log } = Math;
const N = 1000;

describe('what kernels share', () => {
  const { memory, arrays } = reserveMemory('the test', {
    a: ['Float32Array', N],
    b: ['Float32Array', N],
    draws: ['Uint32Array', N],
  });
  const { a, b, draws } = arrays;
  const kernel = new wasm.Instance(builtKernel('library').module, { env: { memory } }).exports;

  it('draws the numbers of the reference', () => {
    for (const [seed, bound] of [
      [1, 10],
      [-5, 1_000_003],
      [2 ** 31, 2],
    ]) {
      kernel['randomDraws'](seed, bound, draws.byteOffset, N);
      const random = seededRandom(seed);
      expect(Array.from(draws)).toEqual(Array.from({ length: N }, () => randomInt(random, bound)));
      expect(kernel['streamSeedOf'](seed, bound) >>> 0).toBe(streamSeed(seed, bound));
    }
  });

  it('computes e^x, σ(x) and ln x to single precision and better', () => {
    for (let x = -87; x <= 88; x += 0.37) {
      expect(abs(kernel['expOf'](x) / exp(Math.fround(x)) - 1)).toBeLessThan(3e-7);
      const sigmoid = 1 / (1 + exp(-Math.fround(x)));
      expect(abs(kernel['sigmoidOf'](x) / sigmoid - 1)).toBeLessThan(5e-7);
      expect(abs(kernel['logOf'](exp(7 * x)) - log(exp(7 * x)))).toBeLessThan(1e-6);
    }
    expect(kernel['sigmoidOf'](NaN)).toBeNaN();
    expect(kernel['logOf'](NaN)).toBeNaN();
    expect(kernel['sigmoidOf'](1000)).toBe(1);
    expect(kernel['sigmoidOf'](-1000)).toBeLessThan(1e-37);
  });

  it.each([4, 8, 12, 60, 64])('adds and multiplies rows of %d', (dim) => {
    const random = seededRandom(dim);
    for (let d = 0; d < dim; d++) {
      a[d] = random() - 0.5;
      b[d] = random() - 0.5;
    }
    const expected = a.subarray(0, dim).reduce((sum, value, d) => sum + value * b[d], 0);
    expect(kernel['rowDot'](a.byteOffset, b.byteOffset, dim)).toBeCloseTo(expected, 5);
    const sum = Array.from(a.subarray(0, dim), (value, d) => value + 0.5 * b[d]);
    kernel['rowAddScaled'](a.byteOffset, b.byteOffset, 0.5, dim);
    Array.from(a.subarray(0, dim)).forEach((value, d) => expect(value).toBeCloseTo(sum[d], 6));
    expect(a[dim]).toBe(0);
    a.fill(0);
  });
});
