import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { NavLink } from 'react-router';
import { PATHS, userPath } from '../routing/paths.ts';
import styles from './Account.module.css';
import { sessionStore, useSession } from './session.ts';

/** In the header: the way to sign in, or to one's own films and out again. */
export function Account() {
  const { session } = useSession();
  const client = useApolloClient();
  const token = session?.token;
  const before = useRef(token);
  useEffect(() => {
    if (before.current === token) return;
    before.current = token;
    // What was read for one person is not for the next. A part that fails to load again shows so itself.
    client.resetStore().catch(() => undefined);
  }, [client, token]);
  return (
    <div className={styles.account}>
      {session ? (
        <>
          <NavLink to={userPath(session.userId)}>For you, {session.name}</NavLink>
          <button type="button" onClick={() => sessionStore.signOut()}>
            Sign out
          </button>
        </>
      ) : (
        <NavLink to={PATHS.signIn}>Sign in</NavLink>
      )}
    </div>
  );
}

/** Says once that the sign-in has ended by itself. */
export function SignedOutNotice() {
  const { expired } = useSession();
  return (
    <div role="status">
      {expired && (
        <p className={styles.notice}>
          Your sign-in has expired. <NavLink to={PATHS.signIn}>Sign in again</NavLink> to rate films.
        </p>
      )}
    </div>
  );
}
