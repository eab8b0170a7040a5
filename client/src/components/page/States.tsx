import type { ResultOf } from '@graphql-typed-document-node/core';
import type { ReactNode } from 'react';
import { graphql } from '../../gql/index.ts';
import { Button } from '../controls/Button.tsx';
import styles from './States.module.css';

interface EmptyStateProps {
  title: string;
  /** A sentence that tells what to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Says that there is nothing to show, and what to do next. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}

interface ErrorStateProps {
  title?: string;
  /** The reason, in words that a visitor may see. */
  message?: string;
  onRetry?: () => void;
}

/** Says that a section failed; the rest of the page stays. */
export function ErrorState({ title = 'This section did not load', message, onRetry }: ErrorStateProps) {
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

interface DegradedNoticeProps {
  /** Undefined while the list has not arrived. */
  served: ResultOf<typeof DegradedNoticeFragment> | undefined;
}

/** Says that a list is not the model's best; renders nothing while it is. */
export function DegradedNotice({ served }: DegradedNoticeProps) {
  if (!served?.degraded) return null;
  return (
    <p className={styles.notice} role="status">
      <strong>These recommendations are less personal than usual.</strong>{' '}
      {served.degradedReason ?? 'No trained model is available, so popular films are shown instead.'}
    </p>
  );
}

export const NothingLeftFragment = graphql(/* GraphQL */ `
  fragment NothingLeft on Served {
    emptyReason
  }
`);

interface NothingLeftProps {
  title?: string;
  /** Undefined while the list has not arrived. */
  served: ResultOf<typeof NothingLeftFragment> | undefined;
  /** A sentence that tells what to do next. */
  children?: ReactNode;
}

/** Stands in place of a list of recommendations that is empty, and says why it is. */
export function NothingLeft({ title = 'No recommendations are left.', served, children }: NothingLeftProps) {
  const reason = served?.emptyReason ? sentence(served.emptyReason) : '';
  return (
    <EmptyState title={title}>
      {(reason || children) && (
        <>
          {reason} {children}
        </>
      )}
    </EmptyState>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
