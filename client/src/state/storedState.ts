import * as v from 'valibot';
import { sharedState, type SharedState } from './sharedState.ts';

/** A value that all parts of the page share, kept in the browser's storage for later visits and other tabs. */
export interface StoredState<State> extends SharedState<State> {
  /** Takes over what another tab has stored, before the browser tells of it. */
  reread: () => void;
  /** Takes over each change that another tab stores; returns the function that ends it. */
  followOtherTabs: () => () => void;
}

interface StoredStateOptions<State> {
  key: string;
  /** Null without one: the state then lasts as long as the page. */
  storage: Storage | null;
  /** Reads a stored text; null where none is stored. */
  parse: (stored: string | null) => State;
  /** Writes the text to store; null removes it. */
  format: (state: State) => string | null;
}

export function storedState<State>(options: StoredStateOptions<State>): StoredState<State> {
  const { key, storage, parse, format } = options;
  const read = () => parse(storage?.getItem(key) ?? null);
  const state = sharedState(read());
  return {
    ...state,
    set(next) {
      const text = format(next);
      if (text === null) storage?.removeItem(key);
      else storage?.setItem(key, text);
      state.set(next);
    },
    reread() {
      if (storage) state.set(read());
    },
    followOtherTabs() {
      const onStorage = (event: StorageEvent) => {
        if (event.key === key || event.key === null) state.set(read());
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  };
}

/** A stored text of JSON as the schema has it; null where there is none or it has another form. */
export function readJson<Schema extends v.GenericSchema>(
  schema: Schema,
  stored: string | null,
): v.InferOutput<Schema> | null {
  if (stored === null) return null;
  try {
    const result = v.safeParse(schema, JSON.parse(stored));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** The browser's storage, or null where the visitor has it switched off. */
export const browserStorage = (): Storage | null => storageNamed('localStorage');

/** The storage of this tab alone, or null where the visitor has it switched off. */
export const tabStorage: Storage | null = storageNamed('sessionStorage');

function storageNamed(name: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return typeof window === 'undefined' ? null : window[name];
  } catch {
    return null;
  }
}
