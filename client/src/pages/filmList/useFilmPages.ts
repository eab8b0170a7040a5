import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { ErrorLike } from '@apollo/client';
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { useAnswer, type MovieSummary, type VirtualGridHandle } from '../../components/index.ts';

/** Films that one request asks for; not more of them are near what is seen than two requests bring. */
export const FILMS_PER_PAGE = 60;

interface FilmsData {
  films: { edges: readonly { node: MovieSummary }[]; totalCount: number } | null;
}

/** A list's query from an entry on, as its page states it. */
export type FilmsQueryFrom = (
  skip: number,
) => readonly [query: TypedDocumentNode<FilmsData, never>, options: { variables: OperationVariables }];

export interface FilmPages {
  /** Null until the first page has arrived, and where it failed. */
  total: number | null;
  /** Null where it is not loaded. */
  filmAt: (index: number) => MovieSummary | null;
  /** True while the films answer the question before. */
  isFormer: boolean;
  loading: boolean;
  /** Why the first page, or one that should be seen, did not arrive. */
  error: ErrorLike | undefined;
  refetch: () => Promise<unknown>;
  /** The grid that shows them. */
  grid: RefObject<VirtualGridHandle | null>;
  /** Loads what is between two entries, the end excluded. */
  show: (from: number, to: number) => void;
}

/** Reads a list of films in pages, of which only those are asked for that are seen. */
export function useFilmPages(queryFrom: FilmsQueryFrom): FilmPages {
  const grid = useRef<VirtualGridHandle>(null);
  const [range, setRange] = useState<readonly [from: number, to: number]>([0, 1]);
  const [firstQuery, firstOptions] = queryFrom(0);
  const first = useAnswer(useQuery(asked(firstQuery), firstOptions));
  const total = first.data?.films?.totalCount ?? null;
  // A server that rendered the page sends no reasons along: the films are asked for once more, to know it.
  const lacksReason = total === null && !first.error && !first.loading;
  const askedWhy = useRef(false);
  const askWhy = useEffectEvent(() => {
    if (askedWhy.current) return;
    askedWhy.current = true;
    void first.refetch();
  });
  useEffect(() => {
    if (lacksReason) askWhy();
  }, [lacksReason]);
  const page = Math.floor(range[0] / FILMS_PER_PAGE);
  const last = Math.floor(Math.max(0, Math.min(range[1], total ?? 0) - 1) / FILMS_PER_PAGE);
  // Three hold what is near the largest screens.
  const near = [
    useFilmPage(queryFrom, page, last),
    useFilmPage(queryFrom, page + 1, last),
    useFilmPage(queryFrom, page + 2, last),
  ];
  const failed = near.find(({ error, data }) => error && !data);
  return {
    grid,
    total,
    filmAt(index) {
      const at = Math.floor(index / FILMS_PER_PAGE);
      const data = at === 0 ? first.data : near[at - page]?.data;
      return data?.films?.edges[index % FILMS_PER_PAGE]?.node ?? null;
    },
    isFormer: first.isFormer,
    loading: first.loading,
    error: first.error ?? failed?.error,
    refetch: first.error || !failed ? first.refetch : failed.refetch,
    show: (from, to) => setRange((before) => (before[0] === from && before[1] === to ? before : [from, to])),
  };
}

/** A query with the variables that came with it. */
const asked = (query: TypedDocumentNode<FilmsData, never>) =>
  query as TypedDocumentNode<FilmsData, OperationVariables>;

/** One page of a list; the first one, and what is beyond the last that is seen, is not asked for. */
function useFilmPage(queryFrom: FilmsQueryFrom, page: number, last: number) {
  const [query, options] = queryFrom(page * FILMS_PER_PAGE);
  const skip = page === 0 || page > last;
  const result = useQuery(asked(query), { ...options, skip });
  const { data, error, refetch } = useAnswer({ ...result, previousData: undefined });
  return { data: skip ? undefined : data, error: skip ? undefined : error, refetch };
}
