import type { Session, SessionStore, SignedIn } from './session.ts';

const MUTATION = `mutation RefreshSession($refreshToken: String) {
  refreshSession(refreshToken: $refreshToken) { token expiresAt refreshToken user { userId name } }
}`;

interface Answer {
  data?: { refreshSession: SignedIn } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Runs work while no other tab does. */
export type Exclusively = (work: () => Promise<void>) => Promise<void>;

/** By the browser's locks; without them, as on pages without TLS, the API forgives two tabs that refresh at once. */
const acrossTabs: Exclusively = (work) =>
  typeof navigator !== 'undefined' && 'locks' in navigator
    ? navigator.locks.request('pocketrocket.refresh', work)
    : work();

/**
 * Fetches access tokens for a session: once, however many requests wait for it, and one tab after the other, so that each refresh
 * token is used once. A session that has ended is expired in the store; any other failure is thrown and leaves it as it is.
 */
export function createRefresh(
  store: SessionStore,
  apiUrl: string,
  send: typeof fetch = (...request) => fetch(...request),
  exclusively: Exclusively = acrossTabs,
): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => (underWay ??= exclusively(refresh).finally(() => (underWay = undefined)));

  async function refresh(): Promise<void> {
    // Another tab may have refreshed, or signed out, while this one waited.
    store.reread();
    const { session } = store.get();
    if (!session) return;
    const { data, errors } = await ask(session);
    if (data) return store.signIn(data.refreshSession);
    const [error] = errors ?? [];
    if (error?.extensions?.code === 'UNAUTHENTICATED') return store.expire(session);
    throw new Error(error?.message ?? 'The session could not be continued. Try again.');
  }

  async function ask({ refreshToken }: Session) {
    const response = await send(apiUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: MUTATION, variables: { refreshToken } }),
    });
    return (await response.json()) as Answer;
  }
}
