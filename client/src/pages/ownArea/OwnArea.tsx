import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ButtonLink, EmptyState, PageHeading, PageSkeleton } from '../../components/index.ts';
import { useSession, type Session } from '../../session/session.ts';
import { useSignInPath } from '../../session/signInPath.ts';
import { useHydrated } from '../../state/useHydrated.ts';
import pages from '../layout/pages.module.css';
import { OwnNav } from './OwnNav.tsx';

interface OwnAreaProps {
  title: string;
  /** The page for whoever is signed in; mounted anew for another account. */
  children: (session: Session) => ReactNode;
}

/** A page of the visitor's own area: its heading, the way to its neighbours, and the way in for whoever is not signed in. */
export function OwnArea({ title, children }: OwnAreaProps) {
  const { t } = useLingui();
  const { session } = useSession();
  const signIn = useSignInPath();
  const isHydrated = useHydrated();
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      <OwnNav />
      {!isHydrated ? (
        <PageSkeleton />
      ) : session ? (
        <div key={session.userId} className={pages.page}>
          {children(session)}
        </div>
      ) : (
        <EmptyState
          title={t`You are not signed in.`}
          action={
            <ButtonLink variant="primary" to={signIn}>
              <Trans>Sign in</Trans>
            </ButtonLink>
          }
        >
          <Trans>With an account your ratings, your lists and your settings are here, on every device.</Trans>
        </EmptyState>
      )}
    </div>
  );
}
