import type { ErrorLike } from '@apollo/client';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { QueryError } from '../../../components/index.ts';
import styles from './parts.module.css';

interface AdminPartProps<A> {
  /** The result of `useQuery` for a query of `admin { … }`. */
  result: {
    data?: { admin?: A | null } | undefined;
    error?: ErrorLike | undefined;
    loading: boolean;
    refetch: () => Promise<unknown>;
  };
  /** The title of the error where nothing came. */
  errorTitle: string;
  children: (admin: A) => ReactNode;
}

/** Shows what `admin` answers in each state: loading, failed, and failed to come anew, where the former figures stay. */
export function AdminPart<A>({ result, errorTitle, children }: AdminPartProps<A>) {
  const { data, error, loading, refetch } = result;
  const admin = data?.admin;
  if (!admin) {
    return loading ? <Waiting /> : <QueryError error={error} onRetry={() => refetch()} title={errorTitle} />;
  }
  return (
    <>
      {error && <QueryError error={error} onRetry={() => refetch()} title={errorTitle} />}
      {children(admin)}
    </>
  );
}

/** Stands for a part whose figures have not come yet. */
export const Waiting = () => (
  <div className={styles.waiting} aria-busy="true">
    <p role="status">
      <Trans>Loading…</Trans>
    </p>
  </div>
);
