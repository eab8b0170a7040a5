import { Trans } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { useSession } from './session.ts';
import { useSignInPath } from './signInPath.ts';
import styles from './SignedOutNotice.module.css';

/** Says that the session has expired. */
export function SignedOutNotice() {
  const { expired } = useSession();
  const signIn = useSignInPath();
  return (
    <div role="status">
      {expired && (
        <p className={styles.notice}>
          <Trans>
            Your session has expired. <NavLink to={signIn}>Sign in again</NavLink> to rate films.
          </Trans>
        </p>
      )}
    </div>
  );
}
