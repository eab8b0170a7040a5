import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { NavLink } from 'react-router';
import { PATHS, userPath } from '../routing/paths.ts';
import styles from './Account.module.css';
import { sessionStore, useSession } from './session.ts';

/** Links to sign-in, or to the visitor's own recommendations with a button to sign out. */
export function Account() {
  const { session } = useSession();
  const client = useApolloClient();
  const userId = session?.userId;
  const before = useRef(userId);
  useEffect(() => {
    if (before.current === userId) return;
    before.current = userId;
    // Data read for one person must not be shown to the next. A section that fails to load again shows its own error.
    client.resetStore().catch(() => undefined);
  }, [client, userId]);
  const leave = async () => {
    // The browser forgets the session also where the server cannot be told.
    await import('./signOut.ts').then(({ signOut }) => signOut(client, session)).catch(() => undefined);
    sessionStore.signOut();
  };
  return (
    <div className={styles.account}>
      {session ? (
        <>
          <NavLink to={userPath(session.userId)}>For you, {session.name}</NavLink>
          <NavLink to={PATHS.account}>Account</NavLink>
          <button type="button" onClick={() => void leave()}>
            Sign out
          </button>
        </>
      ) : (
        <NavLink to={PATHS.signIn}>Sign in</NavLink>
      )}
    </div>
  );
}

/** Says that the session has expired. */
export function SignedOutNotice() {
  const { expired } = useSession();
  return (
    <div role="status">
      {expired && (
        <p className={styles.notice}>
          Your session has expired. <NavLink to={PATHS.signIn}>Sign in again</NavLink> to rate films.
        </p>
      )}
    </div>
  );
}
