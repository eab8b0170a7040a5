import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { sessionStore, useSession } from './session.ts';

/** Forgets what was read for one person before the next one sees it. */
export function useFreshStore(): void {
  const userId = useSession().session?.userId;
  const client = useApolloClient();
  const before = useRef<{ userId: number | undefined }>(undefined);
  useEffect(() => {
    // Not as rendered: a page that is taken over is nobody's at first, and keeps what the server sent along.
    const now = sessionStore.get().session?.userId;
    const isOther = before.current !== undefined && before.current.userId !== now;
    before.current = { userId: now };
    // A section that fails to load again shows its own error.
    if (isOther) client.resetStore().catch(() => undefined);
  }, [client, userId]);
}
