import type { ResultOf } from '@graphql-typed-document-node/core';
import type { ReactNode } from 'react';
import { graphql } from '../../gql/index.ts';
import { Button } from '../controls/Button.tsx';
import styles from './States.module.css';

export interface EmptyStateProps {
  title: string;
  /** What to do next, in a sentence. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show, said in words with the way on. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}

export interface ErrorStateProps {
  title?: string;
  /** What went wrong, as it may be shown to a visitor. */
  message?: string;
  onRetry?: () => void;
}

/** One part failed; the rest of the page stays. */
export function ErrorState({ title = 'This part did not load', message, onRetry }: ErrorStateProps) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{title}</p>
      {message && <p className={styles.text}>{message}</p>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

export const DegradedNoticeFragment = graphql(/* GraphQL */ `
  fragment DegradedNotice on Served {
    degraded
    degradedReason
  }
`);

export interface DegradedNoticeProps {
  /** Undefined while the list has not arrived. */
  served: ResultOf<typeof DegradedNoticeFragment> | undefined;
}

/** Says in words that a list is not the model's best; nothing while it is. */
export function DegradedNotice({ served }: DegradedNoticeProps) {
  if (!served?.degraded) return null;
  return (
    <p className={styles.notice} role="status">
      <strong>These are not personal recommendations at their best.</strong>{' '}
      {served.degradedReason ?? 'No trained model answered, so popular films stand in.'}
    </p>
  );
}
