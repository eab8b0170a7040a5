import { Trans } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { PATHS } from '../routing/paths.ts';

/** The portal's main pages. */
export function Places() {
  return (
    <>
      <NavLink to={PATHS.home} end>
        <Trans>Films</Trans>
      </NavLink>
      <NavLink to={PATHS.films}>
        <Trans>All films</Trans>
      </NavLink>
      <NavLink to={PATHS.explore}>
        <Trans>Explore</Trans>
      </NavLink>
      <NavLink to={PATHS.users}>
        <Trans>People</Trans>
      </NavLink>
      <NavLink to={PATHS.about}>
        <Trans>About</Trans>
      </NavLink>
    </>
  );
}
