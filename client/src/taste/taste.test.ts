import { describe, expect, it } from '@jest/globals';
import { createTasteStore, isEnough, parseTaste, ratingsOf } from './taste.ts';

function memory(initial: Record<string, string> = {}): Storage {
  const items = new Map(Object.entries(initial));
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const heat = { movieId: 6, title: 'Heat', releaseYear: 1995, genres: [{ name: 'Crime' }] };
const alien = { movieId: 1214, title: 'Alien', releaseYear: 1979, genres: [{ name: 'Sci-Fi' }] };

describe('the taste store', () => {
  it('keeps picks for the next visit', () => {
    const storage = memory();
    const store = createTasteStore(storage);
    store.pick(heat);
    store.pick(alien);
    store.pick(heat);
    store.markNotSeen(1);
    expect(createTasteStore(storage).get()).toEqual({
      ...{ dataset: null, picks: [heat, alien], notSeen: [1] },
      own: [],
    });
  });

  it('removes, restores and starts over', () => {
    const store = createTasteStore(memory());
    store.pick(heat);
    store.pick(alien);
    const before = store.get();
    store.unpick(heat.movieId);
    expect(store.get().picks).toEqual([alien]);
    store.restore(before);
    expect(store.get()).toEqual(before);
    store.startOver();
    expect(store.get().picks).toEqual([]);
  });

  it('tells its listeners until they leave', () => {
    const store = createTasteStore(memory());
    let told = 0;
    const leave = store.subscribe(() => told++);
    store.pick(heat);
    leave();
    store.pick(alien);
    expect(told).toBe(1);
  });

  it('forgets a taste told about another data set, and only that', () => {
    const store = createTasteStore(memory());
    store.pick(heat);
    store.bindToDataset('sample');
    expect(store.get().picks).toEqual([heat]);
    store.bindToDataset('sample');
    expect(store.get().picks).toEqual([heat]);
    store.bindToDataset('ml-25m');
    expect(store.get()).toEqual({ dataset: 'ml-25m', picks: [], notSeen: [], own: [] });
  });

  it('works without storage', () => {
    const store = createTasteStore(null);
    store.pick(heat);
    expect(store.get().picks).toEqual([heat]);
  });

  it('keeps a film of number 0 for the next visit', () => {
    const storage = memory();
    const zero = { ...heat, movieId: 0 };
    const store = createTasteStore(storage);
    store.pick(zero);
    store.pick(alien);
    store.markNotSeen(0);
    expect(createTasteStore(storage).get()).toEqual({
      dataset: null,
      picks: [zero, alien],
      notSeen: [0],
      own: [],
    });
  });

  it('leaves out the picks that cannot be read, and no others', () => {
    const picks = [
      heat,
      { ...heat, movieId: '7' },
      { ...heat, movieId: -1 },
      { ...heat, movieId: 1.5 },
      { ...heat, title: undefined },
      null,
      7,
      { ...alien, posterUrl: null },
    ];
    const stored = JSON.stringify({ dataset: 'sample', picks, notSeen: [1, null, '2', 0] });
    expect(parseTaste(stored)).toEqual({
      ...{ dataset: 'sample', picks: [heat, alien], notSeen: [1, 0] },
      own: [],
    });
  });

  it('takes what is stored in another form for nothing', () => {
    const empty = { dataset: null, picks: [], notSeen: [], own: [] };
    for (const stored of [
      null,
      'not JSON',
      '[]',
      '{"picks":[{"movieId":"6"}]}',
      '{"dataset":null,"picks":[]}',
    ]) {
      expect(parseTaste(stored)).toEqual(empty);
    }
  });

  it('keeps ratings from elsewhere, the latest of more than a request may have, and sends them before the picks', () => {
    const storage = memory();
    const store = createTasteStore(storage);
    expect(isEnough(store.get())).toBe(false);
    store.bring(Array.from({ length: 2_001 }, (_, movieId) => ({ movieId, rating: 3 })));
    store.pick(heat);
    expect(isEnough(store.get())).toBe(true);
    expect(createTasteStore(storage).get().own).toHaveLength(2_000);
    const sent = ratingsOf(store.get());
    expect(sent).toHaveLength(2_000);
    expect(sent.filter(({ movieId }) => movieId === heat.movieId)).toEqual([{ movieId: 6, rating: 5 }]);
    expect(sent.at(-1)).toEqual({ movieId: 6, rating: 5 });
    store.startOver();
    expect(store.get().own).toEqual([]);
  });
});
