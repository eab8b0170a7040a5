import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { sessionStore, useSession } from './session.ts';

/** Forgets what was read for one person before the next one sees it. */
export function useFreshStore(): void {
  const userId = useSession().session?.userId;
  const client = useApolloClient();
  const before = useRef<{ userId: number | undefined } | null>(null);
  useEffect(() => {
    // Not as rendered: a page that the server sent begins as nobody's, and must keep what came with it until it has been taken over.
    const now = sessionStore.get().session?.userId;
    if (before.current?.userId !== now && before.current !== null)
      // A section that fails to load again shows its own error.
      client.resetStore().catch(() => undefined);
    before.current = { userId: now };
  }, [client, userId]);
}
