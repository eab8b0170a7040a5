import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { useSession } from './session.ts';

/** Forgets what was read for one person before the next one sees it. */
export function useFreshStore(): void {
  const userId = useSession().session?.userId;
  const client = useApolloClient();
  const before = useRef(userId);
  useEffect(() => {
    if (before.current === userId) return;
    before.current = userId;
    // A section that fails to load again shows its own error.
    client.resetStore().catch(() => undefined);
  }, [client, userId]);
}
