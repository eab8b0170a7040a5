import { useEffect, useSyncExternalStore } from 'react';

/** What a film is to the signed-in visitor. */
export interface Marks {
  /** 0.5 to 5; null without one. */
  rating: number | null;
  isDismissed: boolean;
  isOnWatchlist: boolean;
  /** 0 to 1; null where nothing can be predicted. */
  prediction: number | null;
}

const UNMARKED: Marks = { rating: null, isDismissed: false, isOnWatchlist: false, prediction: null };

/** Holds the marks of the films on the page, and knows which films want theirs. */
export function createMarks() {
  const known = new Map<number, Marks>();
  const wanted = new Map<number, number>();
  const listeners = new Set<() => void>();
  const wantListeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  return {
    get: (movieId: number): Marks | undefined => known.get(movieId),
    put: (entries: Iterable<readonly [movieId: number, marks: Marks]>) => {
      for (const [movieId, marks] of entries) known.set(movieId, marks);
      tell();
    },
    /** Changes some marks of a film at once; returns the way back, which leaves what was changed again meanwhile. */
    change: (movieId: number, part: Partial<Marks>): (() => void) => {
      const before = known.get(movieId) ?? UNMARKED;
      const after = { ...before, ...part };
      known.set(movieId, after);
      tell();
      return () => {
        if (known.get(movieId) !== after) return;
        known.set(movieId, before);
        tell();
      };
    },
    clear: () => {
      known.clear();
      tell();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Says that a film is on the page; returns the way to say that it is not any more. */
    want: (movieId: number) => {
      wanted.set(movieId, (wanted.get(movieId) ?? 0) + 1);
      wantListeners.forEach((listener) => listener());
      return () => {
        const count = (wanted.get(movieId) ?? 1) - 1;
        if (count > 0) wanted.set(movieId, count);
        else wanted.delete(movieId);
      };
    },
    wanted: (): number[] => [...wanted.keys()],
    onWant: (listener: () => void) => {
      wantListeners.add(listener);
      return () => void wantListeners.delete(listener);
    },
  };
}

export type MarksStore = ReturnType<typeof createMarks>;

export const marks = createMarks();

/** The marks of a film on the page; undefined until they are known. */
export function useMarks(movieId: number): Marks | undefined {
  useEffect(() => marks.want(movieId), [movieId]);
  return useSyncExternalStore(
    marks.subscribe,
    () => marks.get(movieId),
    () => undefined,
  );
}
