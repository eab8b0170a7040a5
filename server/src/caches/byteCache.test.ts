import { describe, expect, it } from '@jest/globals';
import { cacheBounds } from './bounds.ts';
import { createByteCache } from './byteCache.ts';
import { cacheSizes } from './registry.ts';

const sizeOf = (name: string) => cacheSizes().find((cache) => cache.name === name);

describe('a cache in bytes', () => {
  it('keeps no more than its bound, and says what it holds', () => {
    const cache = createByteCache<{ bytes: number }>({
      name: 'test',
      maxBytes: 10_000,
      bytesOf: ({ bytes }) => bytes,
    });
    expect(sizeOf('test')).toEqual({ name: 'test', bytes: 0, maxBytes: 10_000 });
    for (let at = 0; at < 100; at++) cache.set(`key ${at}`, { bytes: 1_000 });
    expect(cache.get('key 99')).toBeDefined();
    expect(cache.get('key 0')).toBeUndefined();
    expect(sizeOf('test')?.bytes).toBeGreaterThan(8_000);
    expect(sizeOf('test')?.bytes).toBeLessThanOrEqual(10_000);
  });

  it('does not keep what is larger than all of it', () => {
    const cache = createByteCache<object>({ name: 'test', maxBytes: 1_000, bytesOf: () => 2_000 });
    cache.set('large', {});
    expect(cache.get('large')).toBeUndefined();
    expect(sizeOf('test')?.bytes).toBe(0);
  });

  it('keeps nothing where nothing may be kept', () => {
    const cache = createByteCache<object>({ name: 'test', maxBytes: 0, bytesOf: () => 0 });
    cache.set('key', {});
    expect(cache.get('key')).toBeUndefined();
  });
});

describe('the bounds of caches', () => {
  it('are shared among threads', () => {
    const one = cacheBounds({ profileRatings: 500_000 });
    const ofFour = cacheBounds({ profileRatings: 500_000, threads: 4 });
    expect(one.profiles).toBe(40_000_000);
    for (const key of Object.keys(one) as (keyof typeof one)[]) expect(ofFour[key]).toBe(one[key] / 4);
  });

  it('leave most of a heap of 512 MB to requests', () => {
    const all = Object.values<number>({ ...cacheBounds({ profileRatings: 500_000 }) }).reduce(
      (sum, bytes) => sum + bytes,
      0,
    );
    expect(all).toBeLessThan(200 * 1024 * 1024);
  });
});
