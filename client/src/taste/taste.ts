import { useSyncExternalStore } from 'react';
import * as v from 'valibot';

const MovieId = v.pipe(v.number(), v.integer(), v.minValue(1));

const TasteSchema = v.object({
  /** The data set whose ids these are; null until the API has named it. */
  dataset: v.nullable(v.string()),
  picks: v.array(
    v.object({
      movieId: MovieId,
      title: v.string(),
      releaseYear: v.nullable(v.number()),
      genres: v.array(v.object({ name: v.string() })),
    }),
  ),
  notSeen: v.array(MovieId),
});

/** What the visitor told about their taste; it stays in this browser. */
export type Taste = v.InferOutput<typeof TasteSchema>;
/** A film that the visitor likes; any larger object may be given for one. */
export type Pick = Taste['picks'][number];

/** A first personal list comes after two picks, a good one after five. */
export const PICKS_FOR_A_LIST = 2;
export const PICKS_WANTED = 5;

const STORAGE_KEY = 'pocketrocket.taste';
const EMPTY: Taste = { dataset: null, picks: [], notSeen: [] };

/** The stored text as a taste; an empty one where there is none or it does not have the form. */
export function parseTaste(stored: string | null): Taste {
  if (stored === null) return EMPTY;
  try {
    const result = v.safeParse(TasteSchema, JSON.parse(stored));
    return result.success ? result.output : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** Holds the taste for all parts of the page, and for other tabs of it. */
export function createTasteStore(storage: Storage | null) {
  let taste = parseTaste(storage?.getItem(STORAGE_KEY) ?? null);
  const listeners = new Set<() => void>();

  const set = (next: Taste) => {
    taste = next;
    storage?.setItem(STORAGE_KEY, JSON.stringify(next));
    for (const listener of listeners) listener();
  };

  return {
    get: () => taste,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Takes over what another tab has stored. */
    reload() {
      taste = parseTaste(storage?.getItem(STORAGE_KEY) ?? null);
      for (const listener of listeners) listener();
    },
    pick({ movieId, title, releaseYear, genres }: Pick) {
      if (taste.picks.some((picked) => picked.movieId === movieId)) return;
      const picked = {
        movieId,
        title,
        releaseYear,
        genres: genres.map(({ name }) => ({ name })),
      };
      set({ ...taste, picks: [...taste.picks, picked] });
    },
    unpick(movieId: number) {
      set({ ...taste, picks: taste.picks.filter((picked) => picked.movieId !== movieId) });
    },
    markNotSeen(movieId: number) {
      set({ ...taste, notSeen: [...taste.notSeen, movieId] });
    },
    startOver: () => set({ ...EMPTY, dataset: taste.dataset }),
    /** Puts an earlier taste back, as undo does. */
    restore: set,
    /** Movie ids mean other films in another data set: a taste told there is forgotten. */
    bindTo(dataset: string) {
      if (taste.dataset !== dataset)
        set(taste.dataset === null ? { ...taste, dataset } : { ...EMPTY, dataset });
    },
  };
}

/** The browser's storage, or null where the visitor has it switched off. */
function browserStorage(): Storage | null {
  try {
    return typeof window === 'undefined' ? null : window.localStorage;
  } catch {
    return null;
  }
}

export const tasteStore = createTasteStore(browserStorage());

export const useTaste = (): Taste => useSyncExternalStore(tasteStore.subscribe, tasteStore.get, () => EMPTY);

/** Follows changes that other tabs make; returns the way to stop. */
export function followOtherTabs(): () => void {
  const follow = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY || event.key === null) tasteStore.reload();
  };
  window.addEventListener('storage', follow);
  return () => window.removeEventListener('storage', follow);
}
