import type { ReactNode } from 'react';
import { QueryError } from '../page/QueryError.tsx';
import { Former } from './Former.tsx';
import { LoadMore } from './LoadMore.tsx';
import type { PagedList } from './usePagedList.ts';

interface ListSectionProps<Edge> {
  list: PagedList<Edge>;
  /** The length of the whole list, where the API counts it. */
  total?: number;
  /** The listed things, in the plural. */
  noun?: string;
  /** Shown until the first page has arrived. */
  skeleton: ReactNode;
  /** Shown in place of an empty list. */
  empty?: ReactNode;
  /** The title of the error where the first page did not arrive. */
  errorTitle: string;
  children: (edges: readonly Edge[]) => ReactNode;
}

/** Shows a list that grows page by page in each of its states: loading, failed, empty, and with the button for more. */
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
      <Former isFormer={list.isFormer}>{children(edges)}</Former>
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
