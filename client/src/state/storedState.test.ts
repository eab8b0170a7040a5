import { describe, expect, it } from '@jest/globals';
import { memoryStorage } from '../test/memoryStorage.ts';
import { storedState } from './storedState.ts';

const stateIn = (storage: Storage | null) =>
  storedState({
    key: 'count',
    storage,
    parse: (stored) => Number(stored ?? 0),
    format: (count) => (count === 0 ? null : String(count)),
  });

describe('a stored state', () => {
  it('reads what an earlier visit stored, and stores each change', () => {
    const storage = memoryStorage({ count: '3' });
    const state = stateIn(storage);
    expect(state.get()).toBe(3);
    state.set(4);
    expect(storage.items.get('count')).toBe('4');
    state.set(0);
    expect(storage.items.has('count')).toBe(false);
  });

  it('lasts as long as the page without a storage, and notifies until it is told to stop', () => {
    const state = stateIn(null);
    const seen: number[] = [];
    const leave = state.subscribe(() => seen.push(state.get()));
    state.set(1);
    leave();
    state.set(2);
    expect([state.get(), seen]).toEqual([2, [1]]);
  });

  it('takes over what other tabs store under its key, or clear', () => {
    const storage = memoryStorage();
    const state = stateIn(storage);
    const page = new EventTarget();
    Object.assign(globalThis, { window: page });
    try {
      const leave = state.followOtherTabs();
      const store = (count: string, key: string | null) => {
        storage.items.set('count', count);
        page.dispatchEvent(Object.assign(new Event('storage'), { key }));
        return state.get();
      };
      expect([store('5', 'count'), store('6', 'another'), store('7', null)]).toEqual([5, 5, 7]);
      leave();
      expect(store('8', 'count')).toBe(7);
    } finally {
      Reflect.deleteProperty(globalThis, 'window');
    }
  });
});
