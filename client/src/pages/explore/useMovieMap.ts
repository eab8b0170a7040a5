import type { ErrorLike } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { isOverBudget, patiently } from '../../api/overBudget.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { mapOf, withPage, type MovieMap } from './movieMap.ts';

const MovieMapQuery = graphql(/* GraphQL */ `
  query ExploreMap($first: Int!, $after: String) {
    movieMap(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        x
        y
        movie {
          movieId
          title
          releaseYear
          ratingCount
          genres {
            name
          }
        }
      }
    }
  }
`);

/** The API's longest page of the map. */
const PAGE_SIZE = 2_000;

export const movieMapQuery = (after: string | null = null) =>
  pageQuery(MovieMapQuery, { first: PAGE_SIZE, after });

interface MovieMapState {
  /** The films that have come so far; they grow page by page. */
  map: MovieMap;
  /** True until the last page has come. */
  loading: boolean;
  error: ErrorLike | undefined;
  /** True where the model that serves has no map, or none serves. */
  isMissing: boolean;
  refetch: () => Promise<unknown>;
}

const EMPTY = mapOf([], 0);
const BEGINNING = { map: EMPTY, loading: true, error: undefined, isMissing: false };

/** Reads the map page by page. It is kept out of Apollo's cache, where 100,000 films would be as many entries. */
export function useMovieMap(): MovieMapState {
  const client = useApolloClient();
  const [state, setState] = useState<Omit<MovieMapState, 'refetch'>>(BEGINNING);

  const readPages = useCallback(
    async (isWanted: () => boolean) => {
      let map = EMPTY;
      for (let after: string | null = null; ;) {
        const [query, options] = movieMapQuery(after);
        // What a large map asks at once is more than a visitor may at once.
        const { data, error } = await patiently(async () => {
          if (!isWanted()) return { data: undefined, error: undefined };
          const answer = await client.query({ query, ...options, fetchPolicy: 'no-cache' });
          if (isOverBudget(answer.error)) throw answer.error;
          return answer;
        }).catch((reason: unknown) => ({ data: undefined, error: reason as ErrorLike }));
        if (!isWanted()) return;
        const page = data?.movieMap;
        if (!page) {
          setState({ map, loading: false, error, isMissing: !error });
          return;
        }
        map = withPage(map, page.nodes, page.totalCount);
        const { hasNextPage, endCursor } = page.pageInfo;
        const hasMore = hasNextPage && endCursor !== null;
        setState({ map, loading: hasMore, error: undefined, isMissing: map.films.length === 0 && !hasMore });
        if (!hasMore) return;
        after = endCursor;
      }
    },
    [client],
  );

  useEffect(() => {
    let isWanted = true;
    void Promise.resolve().then(() => readPages(() => isWanted));
    return () => {
      isWanted = false;
    };
  }, [readPages]);

  return {
    ...state,
    refetch() {
      setState(BEGINNING);
      return readPages(() => true);
    },
  };
}
