import { Trans } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { PATHS } from '../routing/paths.ts';
import { useSession } from './session.ts';
import styles from './SignedOutNotice.module.css';

/** Says that the session has expired. */
export function SignedOutNotice() {
  const { expired } = useSession();
  return (
    <div role="status">
      {expired && (
        <p className={styles.notice}>
          <Trans>
            Your session has expired. <NavLink to={PATHS.signIn}>Sign in again</NavLink> to rate films.
          </Trans>
        </p>
      )}
    </div>
  );
}
