import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { GridSkeleton, PageHeading, QueryError } from '../../components/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { TasteBar } from '../../taste/TasteBar.tsx';
import { TastePicker } from '../../taste/TastePicker.tsx';
import { useTasteUndo } from '../../taste/useTasteUndo.ts';
import styles from './Home.module.css';
import { pickerPoolQuery } from './pickerPool.ts';

/** Asks for films that the visitor likes. */
export function Picking({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const undo = useTasteUndo();
  const { data, error, loading, refetch } = useQuery(...pickerPoolQuery);
  const pool = useMemo(
    () =>
      [
        data?.until1959,
        data?.sixties,
        data?.seventies,
        data?.eighties,
        data?.nineties,
        data?.noughties,
        data?.tens,
        data?.since2020,
      ].flatMap((connection) => connection?.edges.map(({ node }) => node) ?? []),
    [data],
  );
  return (
    <section className={styles.picking} aria-labelledby="picker-heading">
      <div className={styles.invitation}>
        <PageHeading className={styles.headline}>
          <Trans>What to watch next, based on what you liked</Trans>
        </PageHeading>
        <p>
          <Trans>
            <strong id="picker-heading">Pick five you like.</strong> Your first list appears after two. Your
            picks stay in this browser. <Link to={PATHS.ownRatings}>Have ratings elsewhere?</Link>
          </Trans>
        </p>
      </div>
      {loading && pool.length === 0 ? (
        <GridSkeleton count={24} />
      ) : pool.length === 0 ? (
        <QueryError error={error} onRetry={() => refetch()} title={t`The films to pick from did not load`} />
      ) : (
        <TastePicker pool={pool} undo={undo} />
      )}
      <TasteBar undo={undo} onDone={onDone} />
    </section>
  );
}
