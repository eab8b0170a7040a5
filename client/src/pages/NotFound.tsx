import { ButtonLink, EmptyState, PageHeading } from '../components/index.ts';
import { PATHS } from '../routing/paths.ts';
import styles from './pages.module.css';

/** For addresses that lead nowhere. */
export default function NotFound() {
  return (
    <div className={styles.page}>
      <PageHeading title="Not found">Nothing plays here</PageHeading>
      <EmptyState
        title="There is no page at this address."
        action={
          <ButtonLink variant="primary" to={PATHS.home}>
            To the films
          </ButtonLink>
        }
      />
    </div>
  );
}
