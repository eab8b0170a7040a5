import { describe, expect, it } from '@jest/globals';
import type { FoldedUser } from '../foldIn.ts';
import { KeptFeatures } from './featureCache.ts';

function someone(): FoldedUser {
  return {
    history: [],
    items: new Int32Array(0),
    item2vec: new Float32Array(0),
    item2vecRecent: new Float32Array(0),
    implicitALS: null,
    neuralCF: null,
    trendBins: null,
  };
}

const feature = (value: number) => ({ scores: new Float32Array(10).fill(value), mean: value, deviation: 0 });

describe('kept features', () => {
  it('admits who came before', () => {
    const kept = new KeptFeatures(1000);
    const user = someone();
    expect([kept.admits(user), kept.admits(user), kept.admits(someone())]).toEqual([false, true, false]);
  });

  it('admits a few where no room is left', () => {
    const kept = new KeptFeatures(100);
    const old = [someone(), someone()];
    for (const user of old) kept.keep(user, 'ease', feature(1));
    const others = Array.from({ length: 32 }, someone);
    expect(others.filter((user) => kept.admits(user))).toHaveLength(0);
    expect(others.filter((user) => kept.admits(user))).toHaveLength(2);
    old.forEach((user) => kept.admits(user));
    expect(old.every((user) => kept.admits(user))).toBe(true);
  });

  it('keeps copies', () => {
    const kept = new KeptFeatures(1000);
    const user = someone();
    const given = feature(1);
    kept.keep(user, 'ease', given);
    given.scores.fill(7);
    expect(kept.of(user)?.get('ease')).toEqual(feature(1));
    expect(kept.of(someone())).toBeUndefined();
  });

  it('never holds more than allowed, and lets go of what was not used for longest', () => {
    const kept = new KeptFeatures(3 * 40);
    const [first, second, third] = [someone(), someone(), someone()];
    kept.keep(first, 'ease', feature(1));
    kept.keep(second, 'ease', feature(2));
    kept.of(first);
    kept.keep(third, 'ease', feature(3));
    kept.keep(third, 'trendRatio', feature(4));
    expect(kept.bytes).toBe(3 * 40);
    expect([first, second, third].map((user) => kept.of(user)?.size)).toEqual([1, undefined, 2]);
    kept.keep(first, 'coVisitation', { ...feature(1), scores: new Float32Array(100) });
    expect(kept.bytes).toBeLessThanOrEqual(3 * 40);
  });
});
