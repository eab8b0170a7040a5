import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { isUnreachable } from '../../api/errors.ts';
import { MAX_PAGE_SIZE } from '../../api/limits.ts';
import { reachability } from '../../api/reachability.ts';
import { numberWithin, useAddressState } from '../../routing/addressState.ts';

const MOST_SHOWN = 2000;

interface Connection<Edge> {
  edges: readonly Edge[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** The part of `useQuery`'s result that a list needs. */
interface ListResult {
  /** True where the list answers the question before, as `useAnswer` says: it does not grow. */
  isFormer: boolean;
  loading: boolean;
  error?: ErrorLike;
  refetch: () => Promise<unknown>;
  fetchMore: (options: {
    variables: { first: number; after: string };
    errorPolicy: 'all';
  }) => Promise<{ error?: ErrorLike }>;
}

interface PagedListOptions<Edge> {
  result: ListResult;
  /** The list as far as it is loaded; undefined before its first page. */
  connection: Connection<Edge> | null | undefined;
  pageSize: number;
  /** The address's parameter that counts what is shown. */
  param?: string;
}

export interface PagedList<Edge> {
  /** Undefined before the first page, and where it failed. */
  edges: readonly Edge[] | undefined;
  /** True while the list before is shown: to be dimmed. */
  isFormer: boolean;
  hasMore: boolean;
  showMore: () => void;
  /** True while the first page loads. */
  loading: boolean;
  error: ErrorLike | undefined;
  refetch: () => Promise<unknown>;
  /** True while a later page loads. */
  loadingMore: boolean;
  moreError: ErrorLike | undefined;
}

/**
 * Pages through a connection. The address holds the number of shown items, so that reload, back and a shared
 * link show the same; the hook fetches the missing pages.
 */
export function usePagedList<Edge>({
  result,
  connection,
  pageSize,
  param = 'shown',
}: PagedListOptions<Edge>): PagedList<Edge> {
  const { isFormer } = result;
  const { search, updateSearch } = useAddressState();
  const shown = numberWithin(pageSize, MOST_SHOWN, pageSize, search.get(param));
  const [moreError, setMoreError] = useState<ErrorLike>();

  const loaded = connection?.edges.length ?? 0;
  const { hasNextPage = false, endCursor } = connection?.pageInfo ?? {};
  const missing = connection && !isFormer && hasNextPage && !moreError ? Math.max(0, shown - loaded) : 0;

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
  const moreUnreachable = isUnreachable(moreError);
  useEffect(() => {
    if (moreUnreachable) return reachability.wait(() => setMoreError(undefined));
  }, [moreUnreachable]);

  return {
    edges: connection?.edges.slice(0, shown),
    isFormer,
    hasMore: !isFormer && (hasNextPage || loaded > shown) && shown < MOST_SHOWN,
    showMore: () => {
      if (missing > 0) return;
      setMoreError(undefined);
      if (!moreError) updateSearch({ [param]: String(shown + pageSize) });
    },
    loading: result.loading,
    error: result.error,
    refetch: result.refetch,
    loadingMore: missing > 0,
    moreError,
  };
}
