import { useSyncExternalStore } from 'react';
import * as v from 'valibot';

const SessionSchema = v.object({
  token: v.pipe(v.string(), v.minLength(1)),
  expiresAt: v.string(),
  userId: v.number(),
  name: v.string(),
});

/** Who is signed in at this browser. */
export type Session = v.InferOutput<typeof SessionSchema>;

export interface SessionState {
  session: Session | null;
  /** Whether the visitor was signed out because the sign-in no longer holds. */
  expired: boolean;
}

const STORAGE_KEY = 'pocketrocket.session';

/** The stored text as a session; null where there is none, it has another form or its time is over. */
export function parseSession(stored: string | null, nowMs: number): Session | null {
  if (stored === null) return null;
  try {
    const result = v.safeParse(SessionSchema, JSON.parse(stored));
    return result.success && Date.parse(result.output.expiresAt) > nowMs ? result.output : null;
  } catch {
    return null;
  }
}

/** Holds the sign-in for all parts of the page, and for other tabs of it. */
export function createSessionStore(storage: Storage | null, now: () => number = Date.now) {
  const stored = storage?.getItem(STORAGE_KEY) ?? null;
  const session = parseSession(stored, now());
  let state: SessionState = { session, expired: stored !== null && session === null };
  const listeners = new Set<() => void>();

  const set = (next: SessionState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    signIn(signedIn: Session) {
      storage?.setItem(STORAGE_KEY, JSON.stringify(signedIn));
      set({ session: signedIn, expired: false });
    },
    signOut() {
      storage?.removeItem(STORAGE_KEY);
      set({ session: null, expired: false });
    },
    /** Ends the session of a token that the API refused; a newer one stays. */
    expire(token: string) {
      if (state.session?.token !== token) return;
      storage?.removeItem(STORAGE_KEY);
      set({ session: null, expired: true });
    },
    /** Takes over what another tab has stored. */
    reload() {
      set({ session: parseSession(storage?.getItem(STORAGE_KEY) ?? null, now()), expired: false });
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

export const sessionStore = createSessionStore(browserStorage());

const NOBODY: SessionState = { session: null, expired: false };

export const useSession = (): SessionState =>
  useSyncExternalStore(sessionStore.subscribe, sessionStore.get, () => NOBODY);

/** Follows sign-ins and sign-outs in other tabs; returns the way to stop. */
export function followSessionOfOtherTabs(): () => void {
  const follow = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY || event.key === null) sessionStore.reload();
  };
  window.addEventListener('storage', follow);
  return () => window.removeEventListener('storage', follow);
}
