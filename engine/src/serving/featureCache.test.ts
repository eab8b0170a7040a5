import { describe, expect, it } from '@jest/globals';
import type { FoldedUser } from './foldIn.ts';
import { FeatureCache } from './featureCache.ts';

function someone(): FoldedUser {
  return {
    history: [],
    items: new Int32Array(0),
    item2vec: new Float32Array(0),
    item2vecRecent: new Float32Array(0),
    implicitALS: null,
    sequence: null,
    neuralCF: null,
    trendBins: null,
  };
}

const feature = (value: number) => ({ scores: new Float32Array(10).fill(value), mean: value, deviation: 0 });

describe('the feature cache', () => {
  it('admits who came before', () => {
    const cache = new FeatureCache(1000);
    const user = someone();
    expect([cache.admits(user), cache.admits(user), cache.admits(someone())]).toEqual([false, true, false]);
  });

  it('admits a few where no room is left', () => {
    const cache = new FeatureCache(100);
    const old = [someone(), someone()];
    for (const user of old) cache.set(user, 'ease', feature(1));
    const others = Array.from({ length: 32 }, someone);
    expect(others.filter((user) => cache.admits(user))).toHaveLength(0);
    expect(others.filter((user) => cache.admits(user))).toHaveLength(2);
    old.forEach((user) => cache.admits(user));
    expect(old.every((user) => cache.admits(user))).toBe(true);
  });

  it('forgets a user', () => {
    const cache = new FeatureCache(1000);
    const [user, other] = [someone(), someone()];
    for (const each of [user, other]) cache.set(each, 'ease', feature(1));
    cache.delete(user);
    cache.delete(someone());
    expect([user, other].map((each) => cache.get(each)?.size)).toEqual([undefined, 1]);
    expect(cache.bytes).toBe(40);
  });

  it('caches copies', () => {
    const cache = new FeatureCache(1000);
    const user = someone();
    const given = feature(1);
    cache.set(user, 'ease', given);
    given.scores.fill(7);
    expect(cache.get(user)?.get('ease')).toEqual(feature(1));
    expect(cache.get(someone())).toBeUndefined();
  });

  it('never holds more than allowed, and lets go of what was not used for longest', () => {
    const cache = new FeatureCache(3 * 40);
    const [first, second, third] = [someone(), someone(), someone()];
    cache.set(first, 'ease', feature(1));
    cache.set(second, 'ease', feature(2));
    cache.get(first);
    cache.set(third, 'ease', feature(3));
    cache.set(third, 'trendRatio', feature(4));
    expect(cache.bytes).toBe(3 * 40);
    expect([first, second, third].map((user) => cache.get(user)?.size)).toEqual([1, undefined, 2]);
    cache.set(first, 'coVisitation', { ...feature(1), scores: new Float32Array(100) });
    expect(cache.bytes).toBeLessThanOrEqual(3 * 40);
  });
});
