import * as v from 'valibot';
import { browserStorage, storedState, useStoredState } from '../state/storedState.ts';

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

const NOBODY: SessionState = { session: null, expired: false };

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
  const state = storedState<SessionState>({
    key: STORAGE_KEY,
    storage,
    parse(stored) {
      const session = parseSession(stored, now());
      return { session, expired: stored !== null && session === null };
    },
    format: ({ session }) => session && JSON.stringify(session),
  });

  return {
    ...state,
    signIn: (session: Session) => state.set({ session, expired: false }),
    signOut: () => state.set(NOBODY),
    /** Ends the session of a token that the API refused; a newer one stays. */
    expire(token: string) {
      if (state.get().session?.token === token) state.set({ session: null, expired: true });
    },
  };
}

export const sessionStore = createSessionStore(browserStorage());

export const useSession = (): SessionState => useStoredState(sessionStore, NOBODY);
