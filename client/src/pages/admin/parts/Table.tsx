import type { ReactNode } from 'react';
import styles from './parts.module.css';

interface TableProps {
  /** Names the table; read out, not shown. */
  caption: string;
  head: readonly string[];
  children: ReactNode;
}

/** A table that scrolls within itself where it is wider than the page. */
export const Table = ({ caption, head, children }: TableProps) => (
  // What scrolls must be reachable by keys; no landmark, as its section is one.
  <div className={styles.scroll} role="group" aria-label={caption} tabIndex={0}>
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
