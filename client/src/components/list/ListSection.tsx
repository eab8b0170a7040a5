import type { ReactNode } from 'react';
import { QueryError } from '../page/QueryError.tsx';
import { LoadMore } from './LoadMore.tsx';
import type { PagedList } from './usePagedList.ts';

export interface ListSectionProps<Edge> {
  list: PagedList<Edge>;
  /** How many there are in all, where the API counts them. */
  total?: number;
  /** What is listed, in the plural. */
  noun?: string;
  /** Shown until the first page has come. */
  skeleton: ReactNode;
  /** Shown in place of a list of nothing. */
  empty?: ReactNode;
  /** Said where the first page did not come. */
  errorTitle: string;
  children: (edges: readonly Edge[]) => ReactNode;
}

/** A list that grows page by page, in each of its states: on its way, failed, empty, and with the button for more. */
export function ListSection<Edge>(props: ListSectionProps<Edge>) {
  const { list, total, noun, skeleton, empty, errorTitle, children } = props;
  const { edges } = list;
  if (!edges) {
    if (list.loading) return skeleton;
    return <QueryError error={list.error} onRetry={() => list.refetch()} title={errorTitle} />;
  }
  if (edges.length === 0 && empty) return empty;
  return (
    <>
      {children(edges)}
      {list.moreError && <QueryError error={list.moreError} onRetry={async () => list.showMore()} />}
      <LoadMore
        shown={edges.length}
        total={total}
        hasNextPage={list.hasMore}
        loading={list.loadingMore}
        onLoadMore={list.showMore}
        noun={noun}
      />
    </>
  );
}
