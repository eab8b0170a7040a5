import * as v from 'valibot';
import { useSharedState } from '../state/sharedState.ts';
import { browserStorage, readJson, storedState } from '../state/storedState.ts';

const SessionSchema = v.object({
  userId: v.number(),
  name: v.string(),
  /** Null where a cookie carries it, which no script can read. */
  refreshToken: v.nullable(v.string()),
});

/** The signed-in user of this browser. */
export type Session = v.InferOutput<typeof SessionSchema>;

/** As the API answers to a sign-in, and to each continuation of it. */
export interface SignedIn {
  token: string;
  expiresAt: string;
  refreshToken: string | null;
  user: { userId: number; name: string };
}

interface SessionState {
  session: Session | null;
  /** True after the session has ended without the visitor's doing. */
  expired: boolean;
}

interface AccessToken {
  token: string;
  expiresAtMs: number;
  userId: number;
}

const STORAGE_KEY = 'pocketrocket.session';
const NOBODY: SessionState = { session: null, expired: false };
/** A request takes a while to arrive. */
const MARGIN_MS = 10_000;

/** The stored text as a session; null where there is none or it is malformed. */
export const parseSession = (stored: string | null): Session | null => readJson(SessionSchema, stored);

/**
 * Holds the sign-in for all parts of the page, and for other tabs of it. The access token is in this page's memory alone: scripts of
 * other pages find nothing in the storage to sign in with, where a cookie carries the refresh token.
 */
export function createSessionStore(storage: Storage | null, now: () => number = Date.now) {
  let access: AccessToken | null = null;
  const state = storedState<SessionState>({
    key: STORAGE_KEY,
    storage,
    parse(stored) {
      const session = parseSession(stored);
      return { session, expired: stored !== null && session === null };
    },
    // What is no session tells other windows, and later visits, that one has expired; nothing, that it was ended.
    format: ({ session, expired }) => (expired ? 'expired' : session && JSON.stringify(session)),
  });

  return {
    ...state,
    /** Begins or continues a session. */
    signIn({ token, expiresAt, refreshToken, user: { userId, name } }: SignedIn) {
      access = { token, expiresAtMs: Date.parse(expiresAt), userId };
      state.set({ session: { userId, name, refreshToken }, expired: false });
    },
    signOut() {
      access = null;
      state.set(NOBODY);
    },
    /** The access token; null where it has to be fetched first. */
    accessToken(): string | null {
      const userId = state.get().session?.userId;
      if (!access || access.userId !== userId || access.expiresAtMs - MARGIN_MS <= now()) return null;
      return access.token;
    },
    /** Forgets an access token that the API refused; a newer one stays. */
    dropAccessToken(token: string) {
      if (access?.token === token) access = null;
    },
    /** Ends the session of a refresh token that the API refused; a newer one stays. */
    expire(refused: Session) {
      const { session } = state.get();
      if (session?.userId !== refused.userId || session.refreshToken !== refused.refreshToken) return;
      access = null;
      state.set({ session: null, expired: true });
    },
    rename(name: string) {
      const { session } = state.get();
      if (session) state.set({ session: { ...session, name }, expired: false });
    },
  };
}

export type SessionStore = ReturnType<typeof createSessionStore>;

export const sessionStore = createSessionStore(browserStorage());

export const useSession = (): SessionState => useSharedState(sessionStore, NOBODY);
