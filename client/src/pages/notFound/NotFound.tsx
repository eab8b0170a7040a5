import { ButtonLink, EmptyState, PageHeading } from '../../components/index.ts';
import { PATHS } from '../../routing/paths.ts';
import styles from '../layout/pages.module.css';

/** Answers addresses without a page. */
export default function NotFound() {
  return (
    <div className={styles.page}>
      <PageHeading title="Not found">Page not found</PageHeading>
      <EmptyState
        title="There is no page at this address."
        action={
          <ButtonLink variant="primary" to={PATHS.home}>
            Browse films
          </ButtonLink>
        }
      />
    </div>
  );
}
