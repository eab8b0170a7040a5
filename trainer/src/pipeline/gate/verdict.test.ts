import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import { gateSchema } from '@pocketrocket/model/artifact';
import { judge } from './verdict.ts';

const NUM_USERS = 400;
const random = seededRandom(11);
const serving = Float64Array.from({ length: NUM_USERS }, () => 0.2 + 0.6 * random());
const popularity = serving.map((value) => value - 0.15);
const shifted = (by: number, noise = 0): Float64Array =>
  serving.map((value) => value + by + noise * (random() - 0.5));
const ask = (candidate: Float64Array, against: Float64Array | null = serving) =>
  judge({
    candidate,
    popularity,
    serving: against && { version: 3, ndcgAt10ByUser: against },
    seed: 5,
  });

describe('judge', () => {
  it('lets pass what is better, and what is the same', () => {
    expect(ask(shifted(0.05))).toMatchObject({ decision: 'passed', reasons: [], users: NUM_USERS });
    const same = ask(serving);
    expect(same).toMatchObject({ decision: 'passed', difference: { mean: 0, low: 0, high: 0 } });
    expect(same.serving?.mean).toBe(same.candidate);
    expect(gateSchema.parse(same)).toEqual(same);
  });

  it('lets pass a fall that may be chance and is small', () => {
    const { decision, difference } = ask(shifted(-0.004, 0.3));
    expect(decision).toBe('passed');
    expect(difference?.low).toBeLessThan(0);
    expect(difference?.high).toBeGreaterThan(0);
  });

  it('refuses a fall that is small but sure', () => {
    const { decision, reasons, difference } = ask(shifted(-0.004));
    expect(decision).toBe('refused');
    expect(difference?.high).toBeLessThan(0);
    expect(reasons).toEqual([
      expect.stringMatching(/significantly lower than version 3's: by -0\.0040 \[-0\.0040, -0\.0040\]/),
    ]);
  });

  it('refuses a fall of more than 2 % that may be chance', () => {
    const few = (values: Float64Array): Float64Array => values.slice(0, 6);
    const { decision, reasons, difference } = judge({
      candidate: Float64Array.of(1, 0, 0.5, 0.2, 0.3, 0.4),
      popularity: few(popularity).fill(0),
      serving: { version: 3, ndcgAt10ByUser: Float64Array.of(0, 1, 0.5, 0.2, 0.3, 0.6) },
      seed: 5,
    });
    expect(decision).toBe('refused');
    expect(difference?.high).toBeGreaterThan(0);
    expect(reasons).toEqual([expect.stringContaining("0.4000 is more than 2 % below version 3's 0.4333")]);
  });

  it('refuses what does not beat popularity, also as the first model', () => {
    expect(ask(popularity, null)).toMatchObject({
      decision: 'refused',
      reasons: [expect.stringContaining('does not beat popularity')],
      serving: null,
      difference: null,
    });
    expect(ask(shifted(0), null)).toMatchObject({ decision: 'passed', serving: null });
  });

  it('names every reason', () => {
    expect(ask(serving.map(() => 0)).reasons).toHaveLength(2);
  });
});

describe('a blend of popularity alone', () => {
  const mean = Float64Array.of(0.2, 0.4, 0);
  const question = { candidate: mean, popularity: mean, isPopularity: true, seed: 1 };
  it('passes where what serves is no better, and not where it is', () => {
    expect(judge({ ...question, serving: null }).decision).toBe('passed');
    const serves = (ndcgAt10ByUser: Float64Array) =>
      judge({ ...question, serving: { version: 2, ndcgAt10ByUser } });
    expect(serves(mean).decision).toBe('passed');
    expect(serves(Float64Array.of(0.9, 0.9, 0.9)).decision).toBe('refused');
    expect(judge({ ...question, isPopularity: false, serving: null }).decision).toBe('refused');
  });
});
