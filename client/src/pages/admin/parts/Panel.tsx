import { useId, type ReactNode } from 'react';
import styles from './parts.module.css';

interface PanelProps {
  title: string;
  /** A sentence that says what the figures mean. */
  lead?: ReactNode;
  /** Buttons and links at the heading's end. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a section under its own heading. */
export function Panel({ title, lead, actions, children }: PanelProps) {
  const headingId = useId();
  return (
    <section className={styles.panel} aria-labelledby={headingId}>
      <div className={styles.panelHead}>
        <h2 id={headingId}>{title}</h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
