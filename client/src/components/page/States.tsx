import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
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
  children?: ReactNode;
  onRetry?: () => void;
}

/** Says that a section failed; the rest of the page stays. Looks unlike a section that is merely empty. */
export function ErrorState({ title, message, children = message, onRetry }: ErrorStateProps) {
  const { t } = useLingui();
  return (
    <div className={styles.error} role="alert">
      <p className={styles.errorTitle}>
        <TriangleAlert aria-hidden="true" size={20} /> {title ?? t`This section did not load`}
      </p>
      {children && <p className={styles.text}>{children}</p>}
      {onRetry && (
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </div>
  );
}

export const DegradedNoticeFragment = graphql(/* GraphQL */ `
  fragment DegradedNotice on Served {
    degraded
    popularityReason
  }
`);

interface DegradedNoticeProps {
  /** Undefined while the list has not arrived. */
  served: ResultOf<typeof DegradedNoticeFragment> | undefined;
}

/** Says that a list is not the model's best, and why; renders nothing while it is. */
export function DegradedNotice({ served }: DegradedNoticeProps) {
  if (!served?.degraded) return null;
  return (
    <p className={styles.notice} role="status">
      <DegradedWords {...served} />
    </p>
  );
}

function DegradedWords({ popularityReason }: ResultOf<typeof DegradedNoticeFragment>) {
  switch (popularityReason) {
    case 'NO_MODEL':
      return (
        <Trans>No model has been trained yet, so these are the films that most people have rated.</Trans>
      );
    case 'NO_RATINGS':
      return (
        <Trans>There are no ratings to go by yet, so these are the films that most people have rated.</Trans>
      );
    case 'UNKNOWN_MOVIES':
      return (
        <Trans>
          The model does not know the rated films yet, so these are the films that most people have rated.
        </Trans>
      );
    case 'ONLY_DISLIKES':
      return <Trans>All ratings so far are low, so these are popular films unlike the rated ones.</Trans>;
    default:
      return (
        <Trans>A part of the system is missing at the moment: this list is less personal than usual.</Trans>
      );
  }
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
export function NothingLeft({ title, served, children }: NothingLeftProps) {
  const { t } = useLingui();
  return (
    <EmptyState title={title ?? t`No recommendations are left.`}>
      {(served?.emptyReason || children) && (
        <>
          {served?.emptyReason && <EmptyReason reason={served.emptyReason} />} {children}
        </>
      )}
    </EmptyState>
  );
}

/** The API's reasons, which are in English, in the visitor's language. */
function EmptyReason({ reason }: { reason: string }): ReactNode {
  switch (reason) {
    case 'the catalogue has no movies':
      return <Trans>There are no films yet.</Trans>;
    case 'no movie passes the filter':
      return <Trans>No film passes the filter.</Trans>;
    case 'every movie of the catalogue is rated':
      return <Trans>Every film is rated.</Trans>;
    case 'every movie of the catalogue is rated or dismissed':
      return <Trans>Every film is rated or dismissed.</Trans>;
    case 'every movie that passes the filter is rated':
      return <Trans>Every film that passes the filter is rated.</Trans>;
    case 'every movie that passes the filter is rated or dismissed':
      return <Trans>Every film that passes the filter is rated or dismissed.</Trans>;
    case 'the model knows none of the movies that are not rated yet':
      return <Trans>The model knows none of the films that are not rated yet.</Trans>;
    case 'the model knows none of the movies that are not rated or dismissed yet':
      return <Trans>The model knows none of the films that are not rated or dismissed yet.</Trans>;
    default:
      return null;
  }
}
