import type { ReactNode } from 'react';
import styles from './StatTiles.module.css';

export interface Stat {
  label: string;
  value: ReactNode;
  detail?: string;
}

/** Figures with their names, as a description list. */
export function StatTiles({ stats }: { stats: readonly Stat[] }) {
  return (
    <dl className={styles.tiles}>
      {stats.map(({ label, value, detail }) => (
        <div key={label} className={styles.tile}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
          {detail && <dd className={styles.detail}>{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
