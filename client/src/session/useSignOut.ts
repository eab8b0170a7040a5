import { useApolloClient } from '@apollo/client/react';
import { sessionStore } from './session.ts';

/** Ends the session here and, where it can be told, on the server. */
export function useSignOut(): () => Promise<void> {
  const client = useApolloClient();
  return async () => {
    const { session } = sessionStore.get();
    // The browser forgets the session also where the server cannot be told.
    await import('./signOut.ts').then(({ signOut }) => signOut(client, session)).catch(() => undefined);
    sessionStore.signOut();
  };
}
