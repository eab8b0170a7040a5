import { Trans } from '@lingui/react/macro';
import styles from './Skeletons.module.css';
import heroStyles from './Hero.module.css';
import gridStyles from './MovieGrid.module.css';
import rowStyles from './MovieRow.module.css';

/** Skeletons take the final size at once and become visible only after 150 ms, so that fast answers never flicker. */
function CardSkeleton() {
  return (
    <span aria-hidden="true">
      <span className={styles.poster} />
      <span className={styles.text} />
      <span className={styles.shortText} />
    </span>
  );
}

interface RowSkeletonProps {
  /** A heading that is known already is shown as it will be. */
  heading?: string;
}

export function RowSkeleton({ heading }: RowSkeletonProps) {
  return (
    <section className={`${rowStyles.row} ${styles.skeleton}`} aria-busy="true">
      <div className={rowStyles.head}>
        {heading ? <h2 className={rowStyles.heading}>{heading}</h2> : <span className={styles.heading} />}
      </div>
      <Loading />
      <div className={rowStyles.track}>
        {indices(6).map((place) => (
          <span key={place} className={rowStyles.item}>
            <CardSkeleton />
          </span>
        ))}
      </div>
    </section>
  );
}

export function GridSkeleton({ count = 12 }: { count?: number }) {
  return (
    <div className={styles.skeleton} aria-busy="true">
      <Loading />
      <div className={gridStyles.grid}>
        {indices(count).map((place) => (
          <CardSkeleton key={place} />
        ))}
      </div>
    </div>
  );
}

export function HeroSkeleton() {
  return (
    <div className={`${heroStyles.hero} ${styles.skeleton}`} aria-busy="true">
      <Loading />
      <div className={styles.words} aria-hidden="true">
        <span className={styles.shortText} />
        <span className={styles.title} />
        <span className={styles.text} />
      </div>
      <span className={`${heroStyles.poster} ${styles.poster}`} aria-hidden="true" />
    </div>
  );
}

/** Stands in for a page whose code is loading, or which waits for what this browser knows; without scripts it is words. */
export function PageSkeleton() {
  return (
    <>
      <noscript>
        <p>
          <Trans>This page is made in your browser, which needs JavaScript for it.</Trans>
        </p>
      </noscript>
      <div className={styles.skeleton} aria-busy="true">
        <Loading />
        <span className={styles.title} aria-hidden="true" />
        <div className={gridStyles.grid}>
          {indices(12).map((place) => (
            <CardSkeleton key={place} />
          ))}
        </div>
      </div>
    </>
  );
}

const Loading = () => (
  <p className="visually-hidden" role="status">
    <Trans>Loading…</Trans>
  </p>
);

const indices = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
