import { Trans, useLingui } from '@lingui/react/macro';
import { PageHeading, PageSkeleton } from '../../components/index.ts';
import { useHydrated } from '../../state/useHydrated.ts';
import pages from '../layout/pages.module.css';
import { OwnNav } from '../ownArea/OwnNav.tsx';
import { GroupFilms } from './GroupFilms.tsx';
import { Invite } from './Invite.tsx';
import { Members } from './Members.tsx';
import { useMembers } from './useMembers.ts';

export { privateHead as head } from '../../routing/pageQuery.ts';

/** Finds what several people may watch together: who they are, the way to ask more of them, and the films. */
export default function Group() {
  const { t } = useLingui();
  const isHydrated = useHydrated();
  return (
    <div className={pages.page}>
      <header>
        <PageHeading title={t`Group night`} />
        <p className={pages.lead}>
          <Trans>
            Films that none of you has rated, and that all of you should like. Nobody sees another’s ratings.
          </Trans>
        </p>
      </header>
      <OwnNav />
      {isHydrated ? <Evening /> : <PageSkeleton />}
    </div>
  );
}

function Evening() {
  const group = useMembers();
  return (
    <>
      <Members group={group} />
      <Invite group={group} />
      <GroupFilms group={group} />
    </>
  );
}
