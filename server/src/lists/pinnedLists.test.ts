import { describe, expect, it } from '@jest/globals';
import { Ranker } from '@pocketrocket/schema';
import { cacheSizes } from '../caches/registry.ts';
import { PinnedLists } from './pinnedLists.ts';
import type { ServedList } from './servedList.ts';

const MAX_BYTES = 800_000;
/** Four fit into a client's share. */
const LIST_BYTES = 22_000;

function list(bytes = LIST_BYTES): ServedList {
  return {
    length: 0,
    entries: () => [],
    modelVersion: null,
    ranker: Ranker.POPULARITY,
    candidateCount: 0,
    degradedReason: null,
    emptyReason: null,
    popularityReason: null,
    experiment: null,
    arm: null,
    ratingsRevision: null,
    bytes,
  };
}

/** Whoever asks for the list of a data set's user. */
const client = (name: string) => ({ client: name, userId: 1 });

const kept = (lists: PinnedLists, keys: readonly string[]) => keys.filter((key) => lists.get(key));

describe('pinned lists', () => {
  it("of one client push out no other client's", () => {
    const lists = new PinnedLists(MAX_BYTES);
    lists.set('victim', list(), client('192.0.2.1'));
    for (let at = 0; at < 600; at++) lists.set(`a${at}`, list(), client('192.0.2.66'));
    expect(lists.get('victim')).toBeDefined();
    expect(kept(lists, ['a0', 'a595', 'a596', 'a597', 'a598', 'a599'])).toEqual([
      'a596',
      'a597',
      'a598',
      'a599',
    ]);
  });

  it('of one client go in the order of their last use', () => {
    const lists = new PinnedLists(MAX_BYTES);
    for (const key of ['a', 'b', 'c', 'd']) lists.set(key, list(), client('user 1'));
    lists.get('a');
    lists.set('e', list(), client('user 1'));
    expect(kept(lists, ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'c', 'd', 'e']);
  });

  it('of many clients stay within the bound', () => {
    const lists = new PinnedLists(MAX_BYTES);
    for (let at = 0; at < 500; at++) lists.set(`a${at}`, list(), client(`192.0.2.${at}`));
    const size = cacheSizes().find(({ name }) => name === 'pinned lists');
    expect(size?.maxBytes).toBe(MAX_BYTES);
    expect(size?.bytes).toBeGreaterThan(MAX_BYTES / 2);
    expect(size?.bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(lists.get('a499')).toBeDefined();
    expect(lists.get('a0')).toBeUndefined();
  });

  it("stay their first client's, whoever asks for them", () => {
    const lists = new PinnedLists(MAX_BYTES);
    lists.set('shared', list(), client('user 1'));
    for (let at = 0; at < 100; at++) {
      lists.set('shared', list(), client('user 2'));
      lists.set(`b${at}`, list(), client('user 2'));
    }
    expect(lists.get('shared')).toBeDefined();
  });

  it("that are larger than a client's share are not kept", () => {
    const lists = new PinnedLists(MAX_BYTES);
    lists.set('large', list(MAX_BYTES / 4), client('user 1'));
    expect(lists.get('large')).toBeUndefined();
  });
});
