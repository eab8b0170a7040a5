import type { SessionStore } from './session.ts';

/** Tells who is signed in, as the page's live connection asks for it. */
export const liveIdentity = (store: SessionStore, refresh: () => Promise<void>) => ({
  userId: () => store.get().session?.userId ?? null,
  subscribe: (listener: () => void) => void store.subscribe(listener),
  async token(): Promise<string | null> {
    if (!store.get().session) return null;
    // One that cannot be fetched now is asked for again with the next connection.
    if (store.accessToken() === null) await refresh().catch(() => undefined);
    return store.accessToken();
  },
  refused: (token: string) => store.dropAccessToken(token),
});
