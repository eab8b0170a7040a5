import { useSyncExternalStore } from 'react';

/** A value that all parts of the page share, for as long as the page lasts. */
export interface SharedState<State> {
  get: () => State;
  /** Puts another state in its place and notifies the listeners. */
  set: (next: State) => void;
  /** Calls the listener after each change; returns the function that ends it. */
  subscribe: (listener: () => void) => () => void;
}

export function sharedState<State>(initial: State): SharedState<State> {
  const listeners = new Set<() => void>();
  let state = initial;
  return {
    get: () => state,
    set(next) {
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The state as it is now; `initial` on a server, and in the first render of what it sent. */
export const useSharedState = <State>(
  { subscribe, get }: Pick<SharedState<State>, 'subscribe' | 'get'>,
  initial: State,
): State => useSyncExternalStore(subscribe, get, () => initial);
