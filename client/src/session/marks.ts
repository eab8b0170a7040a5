import { useEffect, useSyncExternalStore } from 'react';

/** Say what a film is to the signed-in visitor. */
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
  /** Films whose marks are being changed, and for each the time at which that last began or ended. */
  const underWay = new Map<number, number>();
  const touched = new Map<number, number>();
  let clock = 0;
  const wantListeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  return {
    get: (movieId: number): Marks | undefined => known.get(movieId),
    /** A point in time, for `put`. */
    now: () => clock,
    /** Takes over what the API answered to a question of then; what was changed meanwhile it did not know. */
    put: (entries: Iterable<readonly [movieId: number, marks: Marks]>, then = clock) => {
      for (const [movieId, marks] of entries)
        if (!underWay.get(movieId) && (touched.get(movieId) ?? 0) <= then) known.set(movieId, marks);
      tell();
    },
    /** Keeps a film's marks as they were changed until `change` is done. */
    during: async <Outcome>(movieId: number, change: Promise<Outcome>): Promise<Outcome> => {
      const step = (by: 1 | -1) => {
        underWay.set(movieId, (underWay.get(movieId) ?? 0) + by);
        touched.set(movieId, ++clock);
      };
      step(1);
      try {
        return await change;
      } finally {
        step(-1);
      }
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
