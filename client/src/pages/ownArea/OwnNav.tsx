import { Trans, useLingui } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { PATHS } from '../../routing/paths.ts';
import styles from './OwnNav.module.css';

/** The way between the pages that are the visitor's own. */
export function OwnNav() {
  const { t } = useLingui();
  return (
    <nav className={styles.nav} aria-label={t`Your pages`}>
      <NavLink to={PATHS.me} end>
        <Trans>For you</Trans>
      </NavLink>
      <NavLink to={PATHS.myRatings}>
        <Trans>My ratings</Trans>
      </NavLink>
      <NavLink to={PATHS.watchlist}>
        <Trans>Watchlist</Trans>
      </NavLink>
      <NavLink to={PATHS.group}>
        <Trans>Group night</Trans>
      </NavLink>
      <NavLink to={PATHS.ownRatings}>
        <Trans>Import</Trans>
      </NavLink>
      <NavLink to={PATHS.account}>
        <Trans>Account</Trans>
      </NavLink>
    </nav>
  );
}
