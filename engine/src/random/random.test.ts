import { describe, expect, it } from '@jest/globals';
import { gaussian, randomAfter, randomInt, seededRandom, shuffle } from './random.ts';

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 4 }, () => random());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('goes on after any number of draws', () => {
    const random = seededRandom(2 ** 31 + 5);
    for (let draw = 0; draw < 1000; draw++) random();
    const after = randomAfter(2 ** 31 + 5, 1000);
    expect([after(), after()]).toEqual([random(), random()]);
  });

  it('is uniform: mean ½, variance 1/12, ten equally full bins', () => {
    const random = seededRandom(1);
    const n = 200_000;
    const bins = new Int32Array(10);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const value = random();
      sum += value;
      squares += value * value;
      bins[Math.floor(value * 10)]++;
    }
    expect(sum / n).toBeCloseTo(0.5, 2);
    expect(squares / n - (sum / n) ** 2).toBeCloseTo(1 / 12, 2);
    for (const count of bins) expect(Math.abs(count / n - 0.1)).toBeLessThan(0.004);
  });
});

describe('what is drawn from it', () => {
  it('randomInt reaches every value below its bound and no other', () => {
    const random = seededRandom(2);
    const seen = new Set(Array.from({ length: 1000 }, () => randomInt(random, 5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('gaussian has mean 0 and variance 1', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 100_000 }, () => gaussian(random));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  it('shuffle keeps every value', () => {
    const values = Int32Array.from({ length: 50 }, (_, i) => i);
    const shuffled = values.slice();
    shuffle(shuffled, seededRandom(4));
    expect(shuffled).not.toEqual(values);
    expect(shuffled.sort()).toEqual(values);
  });
});
