import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { MAX_PAGE_SIZE } from '../../api/limits.ts';
import { numberWithin, useAddressState } from '../../routing/addressState.ts';

const MOST_SHOWN = 2000;

interface Connection<Edge> {
  edges: readonly Edge[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** The part of `useQuery`'s result that a list needs. */
interface ListResult {
  loading: boolean;
  error?: ErrorLike;
  refetch: () => Promise<unknown>;
  fetchMore: (options: {
    variables: { first: number; after: string };
    errorPolicy: 'all';
  }) => Promise<{ error?: ErrorLike }>;
}

export interface PagedListOptions<Edge> {
  result: ListResult;
  /** The list as far as it has come; undefined before its first page. */
  connection: Connection<Edge> | null | undefined;
  /** A list to show until the first page has come, such as the one before a filter changed. */
  previous?: Connection<Edge> | null;
  pageSize: number;
  /** The address's parameter that counts what is shown. */
  param?: string;
}

export interface PagedList<Edge> {
  /** Undefined before the first page. */
  edges: readonly Edge[] | undefined;
  hasMore: boolean;
  showMore: () => void;
  /** The first page is on its way, or has failed. */
  loading: boolean;
  error: ErrorLike | undefined;
  refetch: () => Promise<unknown>;
  /** A later page is on its way, or has failed. */
  loadingMore: boolean;
  moreError: ErrorLike | undefined;
}

/**
 * Shows a growing list page by page: how far stands in the address, so that reload, back and a shared link
 * show the same; what is missing for that is fetched.
 */
export function usePagedList<Edge>({
  result,
  connection,
  previous,
  pageSize,
  param = 'shown',
}: PagedListOptions<Edge>): PagedList<Edge> {
  const { search, change } = useAddressState();
  const shown = numberWithin(pageSize, MOST_SHOWN, pageSize, search.get(param));
  const [moreError, setMoreError] = useState<ErrorLike>();

  const loaded = connection?.edges.length ?? 0;
  const { hasNextPage = false, endCursor } = connection?.pageInfo ?? {};
  const missing = connection && hasNextPage && !moreError ? Math.max(0, shown - loaded) : 0;

  const fetchPage = useEffectEvent((first: number, after: string) =>
    result.fetchMore({ variables: { first, after }, errorPolicy: 'all' }),
  );
  useEffect(() => {
    if (missing === 0 || !endCursor) return;
    fetchPage(Math.min(missing, MAX_PAGE_SIZE), endCursor).then(
      ({ error }) => setMoreError(error),
      (reason: unknown) => setMoreError(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }, [missing, endCursor]);

  return {
    edges: connection ? connection.edges.slice(0, shown) : previous?.edges,
    hasMore: (hasNextPage || loaded > shown) && shown < MOST_SHOWN,
    showMore: () => {
      if (missing > 0) return;
      setMoreError(undefined);
      if (!moreError) change({ [param]: String(shown + pageSize) });
    },
    loading: result.loading,
    error: result.error,
    refetch: result.refetch,
    loadingMore: missing > 0,
    moreError,
  };
}
