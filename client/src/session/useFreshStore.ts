import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { sessionStore, useSession } from './session.ts';

/** Forgets what was read for one person before the next one sees it. */
export function useFreshStore(): void {
  const userId = useSession().session?.userId;
  const client = useApolloClient();
  // As stored, not as hydrated: a page that is still being taken over needs the answers that it was rendered from.
  const before = useRef(sessionStore.get().session?.userId);
  useEffect(() => {
    if (before.current === userId || sessionStore.get().session?.userId !== userId) return;
    before.current = userId;
    // A section that fails to load again shows its own error.
    client.resetStore().catch(() => undefined);
  }, [client, userId]);
}
