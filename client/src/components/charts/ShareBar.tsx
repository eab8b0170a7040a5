import styles from './charts.module.css';

/** A share of a whole as a bar; the figure stands beside it as text. Null draws an empty one. */
export const ShareBar = ({ share, isBaseline = false }: { share: number | null; isBaseline?: boolean }) => (
  <span className={styles.track} aria-hidden="true">
    <span
      className={isBaseline ? `${styles.fill} ${styles.quiet}` : styles.fill}
      style={{ '--share': `${100 * Math.min(1, Math.max(0, share ?? 0))}%` }}
    />
  </span>
);
