import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink, EmptyState, PageHeading } from '../../components/index.ts';
import { PATHS } from '../../routing/paths.ts';
import styles from '../layout/pages.module.css';

/** Answers addresses without a page. */
export default function NotFound() {
  const { t } = useLingui();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Not found`}>
        <Trans>Page not found</Trans>
      </PageHeading>
      <EmptyState
        title={t`There is no page at this address.`}
        action={
          <ButtonLink variant="primary" to={PATHS.home}>
            <Trans>Browse films</Trans>
          </ButtonLink>
        }
      />
    </div>
  );
}
