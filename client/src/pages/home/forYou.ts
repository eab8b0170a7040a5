import { useQuery } from '@apollo/client/react';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { useAnswer } from '../../components/index.ts';
import type { MovieFilter } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { ratingsOf } from '../../taste/taste.ts';
import type { Audience } from './rowQueries.ts';

export const ForYouListFragment = graphql(/* GraphQL */ `
  fragment ForYouList on RecommendationConnection {
    edges {
      cursor
      node {
        ...Recommended
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    served {
      ranker
      ratingsRevision
      ...DegradedNotice
      ...NothingLeft
    }
  }
`);

const ForYouQuery = graphql(/* GraphQL */ `
  query ForYou($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {
    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 20) {
      ...ForYouList
    }
  }
`);

const ViewerForYouQuery = graphql(/* GraphQL */ `
  query ViewerForYou($filter: MovieFilter, $diversity: Float!) {
    viewer {
      userId
      recommendations(filter: $filter, diversity: $diversity, first: 20) {
        ...ForYouList
      }
    }
  }
`);

export type ForYouList = ResultOf<typeof ForYouListFragment>;

/** The visitor's wishes for the list, as the address has them. */
export interface Wishes {
  filter: MovieFilter | null;
  diversity: number;
}

export const NO_WISHES: Wishes = { filter: null, diversity: 0 };

/** The question for an audience's own list. */
export function forYouQuery(audience: Audience, { filter, diversity }: Wishes) {
  return audience.kind === 'viewer'
    ? pageQuery(ViewerForYouQuery, { filter, diversity })
    : pageQuery(ForYouQuery, { filter, diversity, ratings: ratingsOf(audience.taste) });
}

/** The audience's own list; while the answer to new wishes is awaited the former one. */
export function useForYou(audience: Audience, { filter, diversity }: Wishes) {
  const isViewer = audience.kind === 'viewer';
  const ofViewer = useAnswer(
    useQuery(ViewerForYouQuery, { variables: { filter, diversity }, skip: !isViewer }),
  );
  const ratings = isViewer ? [] : ratingsOf(audience.taste);
  const ofTaste = useAnswer(
    useQuery(ForYouQuery, { variables: { ratings, filter, diversity }, skip: isViewer }),
  );
  const list = isViewer ? ofViewer.data?.viewer?.recommendations : ofTaste.data?.recommendFor;
  const { error, loading, isFormer, refetch } = isViewer ? ofViewer : ofTaste;
  return {
    list: list ?? undefined,
    error,
    loading,
    isFormer,
    onRetry: (): Promise<unknown> => refetch(),
    // Popular is never disguised as personal.
    isPersonal: list?.served.ranker !== 'POPULARITY',
  };
}
