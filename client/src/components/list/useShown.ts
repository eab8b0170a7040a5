import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { numberWithin, useAddressState } from '../../routing/addressState.ts';

/** The API's limit for one page of a connection. */
const LARGEST_PAGE = 100;
const MOST_SHOWN = 2000;

interface Connection<Edge> {
  edges: readonly Edge[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

export interface ShownOptions<Edge> {
  /** The list as far as it has come; undefined before its first page. */
  connection: Connection<Edge> | null | undefined;
  pageSize: number;
  /** The address's parameter that counts what is shown. */
  param?: string;
  fetchMore: (variables: { first: number; after: string }) => Promise<{ error?: ErrorLike }>;
}

export interface Shown<Edge> {
  edges: readonly Edge[];
  hasMore: boolean;
  loading: boolean;
  error: ErrorLike | undefined;
  showMore: () => void;
}

/**
 * Shows a growing list page by page: how far stands in the address, so that reload, back and a shared link
 * show the same; what is missing for that is fetched.
 */
export function useShown<Edge>({
  connection,
  pageSize,
  param = 'shown',
  fetchMore,
}: ShownOptions<Edge>): Shown<Edge> {
  const { search, change } = useAddressState();
  const shown = numberWithin(pageSize, MOST_SHOWN, pageSize, search.get(param));
  const [error, setError] = useState<ErrorLike>();

  const loaded = connection?.edges.length ?? 0;
  const { hasNextPage = false, endCursor } = connection?.pageInfo ?? {};
  const missing = connection && hasNextPage && !error ? Math.max(0, shown - loaded) : 0;

  const fetchPage = useEffectEvent(fetchMore);
  useEffect(() => {
    if (missing === 0 || !endCursor) return;
    fetchPage({ first: Math.min(missing, LARGEST_PAGE), after: endCursor }).then(
      (result) => setError(result.error),
      (reason: unknown) => setError(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }, [missing, endCursor]);

  return {
    edges: connection?.edges.slice(0, shown) ?? [],
    hasMore: (hasNextPage || loaded > shown) && shown < MOST_SHOWN,
    loading: missing > 0,
    error,
    showMore: () => {
      if (missing > 0) return;
      setError(undefined);
      if (!error) change({ [param]: String(shown + pageSize) });
    },
  };
}
