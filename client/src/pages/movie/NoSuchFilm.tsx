import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, PageHeading } from '../../components/index.ts';
import pages from '../layout/pages.module.css';

/** Stands at an address of a film that there is not. */
export function NoSuchFilm() {
  const { t } = useLingui();
  return (
    <div className={pages.page}>
      <PageHeading title={t`No such film`} />
      <EmptyState title={t`There is no film at this address.`}>
        <Trans>Use search to find any film of this data set.</Trans>
      </EmptyState>
    </div>
  );
}
