import { describe, expect, it, jest } from '@jest/globals';
import { ApolloLink, gql } from '@apollo/client';
import { of } from 'rxjs';
import { createCache, createClient } from './apollo.ts';
import { reachability } from './reachability.ts';

const PAGE = gql`
  query ($first: Int!, $after: String, $orderBy: MovieOrder) {
    genre(name: "Drama") {
      name
      movies(first: $first, after: $after, orderBy: $orderBy) {
        edges {
          cursor
          node {
            movieId
            title
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`;

function page(ids: readonly number[], hasNextPage: boolean) {
  const edges = ids.map((movieId) => ({
    __typename: 'MovieEdge',
    cursor: `c${movieId}`,
    node: { __typename: 'Movie', movieId, title: `Film ${movieId}` },
  }));
  const pageInfo = { __typename: 'PageInfo', hasNextPage, endCursor: edges.at(-1)?.cursor ?? null };
  const movies = { __typename: 'MovieConnection', edges, pageInfo, totalCount: 4 };
  return { genre: { __typename: 'Genre', name: 'Drama', movies } };
}

const GROUP = gql`
  query ($members: [RecommendForInput!]!, $strategy: GroupStrategy, $after: String) {
    recommendForGroup(members: $members, strategy: $strategy, after: $after) {
      edges {
        cursor
        node {
          movie {
            movieId
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const GROUP_NODES = gql`
  query ($members: [RecommendForInput!]!) {
    recommendForGroup(members: $members, first: 12) {
      nodes {
        movie {
          movieId
        }
      }
    }
  }
`;

const recommended = (movieId: number) => ({
  __typename: 'GroupRecommendation',
  movie: { __typename: 'Movie', movieId },
});

function groupPage(ids: readonly number[]) {
  const edges = ids.map((movieId) => ({
    __typename: 'GroupRecommendationEdge',
    cursor: `c${movieId}`,
    node: recommended(movieId),
  }));
  const pageInfo = { __typename: 'PageInfo', hasNextPage: true, endCursor: edges.at(-1)?.cursor ?? null };
  return { recommendForGroup: { __typename: 'GroupRecommendationConnection', edges, pageInfo } };
}

describe('the cache', () => {
  it('joins the pages of a list, apart from other orders of it', () => {
    const cache = createCache();
    const byRating = { orderBy: 'WEIGHTED_RATING_DESC', first: 2 };
    cache.writeQuery({ query: PAGE, variables: byRating, data: page([1, 2], true) });
    cache.writeQuery({ query: PAGE, variables: { ...byRating, after: 'c2' }, data: page([3, 4], false) });
    cache.writeQuery({
      query: PAGE,
      variables: { orderBy: 'TITLE_ASC', first: 2 },
      data: page([4, 3], true),
    });

    expect(cache.readQuery({ query: PAGE, variables: byRating })).toMatchObject({
      genre: {
        movies: {
          edges: [1, 2, 3, 4].map((movieId) => ({ node: { movieId } })),
          pageInfo: { hasNextPage: false, endCursor: 'c4' },
        },
      },
    });
  });

  it('joins the pages of films for a group, apart from those of another group and another rule', () => {
    const cache = createCache();
    const group = { members: [{ userId: 1 }, { userId: 2 }], strategy: 'MEAN' };
    const write = (ids: readonly number[], variables: object) =>
      cache.writeQuery({ query: GROUP, variables, data: groupPage(ids) });
    write([1, 2], group);
    write([3, 4], { ...group, after: 'c2' });
    write([5], { ...group, strategy: 'LEAST_MISERY' });
    write([6], { ...group, members: [{ userId: 1 }] });

    expect(cache.readQuery({ query: GROUP, variables: group })).toMatchObject({
      recommendForGroup: { edges: [1, 2, 3, 4].map((movieId) => ({ node: { movie: { movieId } } })) },
    });
  });

  it('keeps the bare nodes of films for a group', () => {
    const cache = createCache();
    const nodes = [1, 2].map(recommended);
    const data = { recommendForGroup: { __typename: 'GroupRecommendationConnection', nodes } };
    const variables = { members: [{ userId: 1 }, { userId: 2 }] };
    cache.writeQuery({ query: GROUP_NODES, variables, data });
    expect(cache.readQuery({ query: GROUP_NODES, variables })).toEqual(data);
  });

  it('keeps each film once, under its id', () => {
    const cache = createCache();
    cache.writeQuery({ query: PAGE, variables: { first: 2 }, data: page([1, 2], true) });
    expect(Object.keys(cache.extract()).filter((key) => key.startsWith('Movie:'))).toEqual([
      'Movie:{"movieId":1}',
      'Movie:{"movieId":2}',
    ]);
  });
});

describe('the client', () => {
  it('does not take for the server’s what stands in for it', async () => {
    const answered = jest.spyOn(reachability, 'answered');
    const kept = new ApolloLink(() => of({ data: { genre: null } }));
    await createClient('http://portal.test/graphql', kept).query({ query: PAGE, variables: { first: 2 } });
    expect(answered).not.toHaveBeenCalled();
    answered.mockRestore();
  });
});
