import { describe, expect, it } from '@jest/globals';
import { judgeExperiment } from './experiment.ts';
import {
  chiSquareQuantile,
  differenceInterval,
  normalQuantile,
  usersNeeded,
  wilsonInterval,
} from './proportions.ts';

describe('intervals and sizes are those of the literature', () => {
  it('quantiles', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 8);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(chiSquareQuantile(0.999, 3)).toBeCloseTo(16.266, 0);
    expect(chiSquareQuantile(0.95, 10)).toBeCloseTo(18.307, 1);
  });

  it('Wilson: 81 of 263, 0 of 20 and 1 of 29, as in Newcombe 1998 on single proportions', () => {
    for (const [hits, n, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = wilsonInterval(hits, n, 0.95);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
    expect(wilsonInterval(0, 0, 0.95)).toEqual({ mean: 0, low: 0, high: 1 });
  });

  it('Newcombe, method 10: 56/70 − 48/80 and 10/10 − 0/20, as in his table II', () => {
    const one = differenceInterval({ hits: 56, n: 70 }, { hits: 48, n: 80 }, 0.95);
    expect([one.low, one.high]).toEqual([expect.closeTo(0.0524, 4), expect.closeTo(0.3339, 4)]);
    const other = differenceInterval({ hits: 10, n: 10 }, { hits: 0, n: 20 }, 0.95);
    expect([other.low, other.high]).toEqual([expect.closeTo(0.6791, 4), expect.closeTo(1, 4)]);
  });

  it('users needed: half against 60 %, 388 in each arm', () => {
    expect(usersNeeded(0.5, 0.1, 0.95, 0.8)).toBe(388);
    // No rate is above 1.
    expect(usersNeeded(0.95, 0.1, 0.95, 0.8)).toBe(usersNeeded(0.85, 0.1, 0.95, 0.8));
  });
});

describe('an experiment', () => {
  const arm = (name: string, finished: number, hits: number, users = finished) => ({
    name,
    share: 0.5,
    users,
    finished,
    hits,
  });
  const plan = { minimumEffect: 0.1 };

  it('is running until every arm has the users it needs, however large the difference', () => {
    const { arms, usersNeeded: needed } = judgeExperiment([arm('a', 200, 100), arm('b', 380, 300)], plan);
    expect(needed).toBe(388);
    expect(arms[0]).toMatchObject({ verdict: null, difference: null, usersMissing: 188 });
    expect(arms[1]).toMatchObject({ verdict: 'running', usersMissing: 8 });
    expect(judgeExperiment([arm('a', 0, 0), arm('b', 0, 0)], plan).arms[1]?.verdict).toBe('running');
  });

  it.each([
    ['better', 300],
    ['worse', 100],
    ['no difference', 205],
  ])('then tells that an arm is %s', (verdict, hits) => {
    expect(judgeExperiment([arm('a', 400, 200), arm('b', 400, hits)], plan).arms[1]).toMatchObject({
      verdict,
      usersMissing: 0,
    });
  });

  it('asks more of each of several comparisons', () => {
    const two = judgeExperiment([arm('a', 400, 200), arm('b', 400, 230)], plan);
    const four = judgeExperiment(
      [arm('a', 400, 200), arm('b', 400, 230), arm('c', 400, 200), arm('d', 400, 200)],
      plan,
    );
    expect(four.usersNeeded).toBeGreaterThan(two.usersNeeded);
    expect(four.arms[1]?.difference?.low).toBeLessThan(two.arms[1]?.difference?.low ?? 0);
  });

  it('notices arms whose numbers of users are not those of their shares', () => {
    expect(judgeExperiment([arm('a', 10, 5, 5_000), arm('b', 10, 5, 5_100)], plan).isUneven).toBe(false);
    expect(judgeExperiment([arm('a', 10, 5, 5_000), arm('b', 10, 5, 5_600)], plan).isUneven).toBe(true);
  });
});
