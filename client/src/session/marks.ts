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

type Mark = keyof Marks;

/** A change of a film's marks by the visitor. */
export interface MarkChange {
  /** Of two changes of one kind, the later replaces the earlier. */
  kind: 'rating' | 'dismissal' | 'watchlist';
  /** The film's; left out where the change is kept elsewhere until it is saved. */
  title?: string;
  marks: Partial<Marks>;
  /** Saves it; answers what stands then, where that may be something else. */
  send: () => Promise<Partial<Marks> | void>;
  /** True for failures after which the film stays marked so. */
  keeps?: (error: unknown) => boolean;
}

export type MarkOutcome = { kind: 'saved' } | { kind: 'replaced' } | { kind: 'failed'; error: unknown };

/** Changes of one film that are being saved, one after the other. */
interface Saving {
  last: Promise<unknown>;
  /** Ends the waiting for turns, by the promise. */
  hurry: () => void;
  hurried: Promise<void>;
  numOpen: number;
  /** The latest change of each kind that is not saved yet. */
  open: Map<MarkChange['kind'], MarkChange>;
  /** The number of changes made, by kind. */
  attempts: Partial<Record<MarkChange['kind'], number>>;
  /** The marks as they are saved, of those that are being changed. */
  saved: Partial<Marks>;
}

/** The marks of a film that has none. */
export const UNMARKED: Marks = { rating: null, isDismissed: false, isOnWatchlist: false, prediction: null };

/** Holds the marks of the films on the page, and knows which films want theirs. */
export function createMarks() {
  const known = new Map<number, Marks>();
  const wanted = new Map<number, number>();
  const listeners = new Set<() => void>();
  /** Films whose marks are being changed, */
  const saving = new Map<number, Saving>();
  /** and those that were, with the time at which that last began or ended. */
  const touched = new Map<number, number>();
  let clock = 0;
  const wantListeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());

  const change = (movieId: number, part: Partial<Marks>) => {
    known.set(movieId, { ...(known.get(movieId) ?? UNMARKED), ...part });
    tell();
  };

  const save = async (movieId: number, own: MarkChange): Promise<MarkOutcome> => {
    const film = saving.get(movieId) ?? noneSaving();
    saving.set(movieId, film);
    const before = known.get(movieId) ?? UNMARKED;
    const changed = Object.keys(own.marks) as Mark[];
    film.saved = { ...partOf(before, changed), ...film.saved };
    const attempt = (film.attempts[own.kind] = (film.attempts[own.kind] ?? 0) + 1);
    change(movieId, own.marks);
    const isLatest = () => film.attempts[own.kind] === attempt;
    /** Otherwise these are no longer the visitor's whose marks are shown. */
    const isShown = () => saving.get(movieId) === film;
    const work = async (): Promise<MarkOutcome> => {
      if (!isLatest()) return { kind: 'replaced' };
      if (!isShown()) return { kind: 'failed', error: new Error('the session has ended') };
      try {
        const standing = { ...own.marks, ...(await own.send()) };
        Object.assign(film.saved, standing);
        if (isLatest() && isShown()) change(movieId, standing);
        return { kind: 'saved' };
      } catch (error) {
        if (!isLatest()) return { kind: 'replaced' };
        const unchanged = changed.filter((mark) => known.get(movieId)?.[mark] === own.marks[mark]);
        if (!own.keeps?.(error) && isShown()) change(movieId, partOf(film.saved, unchanged));
        return { kind: 'failed', error };
      }
    };
    film.numOpen++;
    film.open.set(own.kind, own);
    touched.set(movieId, ++clock);
    const done = Promise.race([film.last, film.hurried]).then(work);
    film.last = done;
    try {
      return await done;
    } finally {
      film.numOpen--;
      if (isLatest()) film.open.delete(own.kind);
      if (isShown()) {
        touched.set(movieId, ++clock);
        if (film.numOpen === 0) saving.delete(movieId);
      }
    }
  };

  return {
    get: (movieId: number): Marks | undefined => known.get(movieId),
    /** A point in time, for `put`. */
    now: () => clock,
    /** Takes over what the API answered to a question of then; what was changed meanwhile it did not know. */
    put: (entries: Iterable<readonly [movieId: number, marks: Marks]>, then = clock) => {
      for (const [movieId, marks] of entries)
        if (!saving.has(movieId) && (touched.get(movieId) ?? 0) <= then) known.set(movieId, marks);
      tell();
    },
    /**
     * Changes marks of a film at once for the eye, and saves them once what was changed of it before is saved: the last choice is the one
     * that stays. One that a later choice replaced before its turn is not sent. Where it fails, the marks are what is saved.
     */
    save,
    /** Sends what waits for its turn, as the page may be gone before that comes. */
    sendNow: () => saving.forEach(({ hurry }) => hurry()),
    /** The changes that are neither saved yet nor kept elsewhere: of each film the latest of a kind. */
    unsaved: () =>
      [...saving].flatMap(([movieId, { open }]) =>
        [...open.values()].flatMap(({ title, kind, marks }) =>
          title === undefined ? [] : [{ movieId, title, kind, marks }],
        ),
      ),
    /** Forgets all marks, as their visitor has gone: changes that wait for their turn fail, and others change nothing here any more. */
    clear: () => {
      known.clear();
      saving.clear();
      touched.clear();
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

function noneSaving(): Saving {
  let hurry = () => {};
  const hurried = new Promise<void>((resolve) => (hurry = resolve));
  return { last: Promise.resolve(), hurry, hurried, numOpen: 0, open: new Map(), attempts: {}, saved: {} };
}

const partOf = <From extends Partial<Marks>>(marks: From, names: readonly Mark[]): Partial<Marks> =>
  Object.fromEntries(names.map((name) => [name, marks[name]]));

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
