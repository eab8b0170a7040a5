import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import {
  Former,
  GridSkeleton,
  MovieCard,
  QueryError,
  useDismissed,
  VirtualGrid,
} from '../../components/index.ts';
import styles from './FilmList.module.css';
import type { FilmPages } from './useFilmPages.ts';

/** Films that are there before the grid is measured, as on a server. */
const INITIAL_COUNT = 24;
const EAGER_COUNT = 6;

interface FilmListProps {
  pages: FilmPages;
  /** Names the list for screen readers. */
  label: string;
  /** Shown in place of an empty list. */
  empty: ReactNode;
}

/** All films of a list, however many, in each of its states. */
export function FilmList({ pages, label, empty }: FilmListProps) {
  const { t } = useLingui();
  const dismissed = useDismissed();
  const { grid, total, filmAt, isFormer, error, loading, refetch, show } = pages;
  if (total === null) {
    if (loading) return <GridSkeleton count={12} />;
    return <QueryError error={error} onRetry={refetch} title={t`The films did not load`} />;
  }
  if (total === 0 && !isFormer) return empty;
  return (
    <>
      <Former isFormer={isFormer}>
        <VirtualGrid
          ref={grid}
          total={total}
          label={label}
          initialCount={INITIAL_COUNT}
          onRange={show}
          renderEntry={(index) => {
            const film = filmAt(index);
            return film && (dismissed(film) ?? <MovieCard movie={film} eager={index < EAGER_COUNT} />);
          }}
        />
      </Former>
      {error && (
        <div className={styles.problem}>
          <QueryError error={error} onRetry={refetch} title={t`Some films did not load`} />
        </div>
      )}
      <p className={styles.end}>
        <Trans>The end of the list</Trans>
      </p>
    </>
  );
}
