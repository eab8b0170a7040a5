import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import type { KeyArgsFunction } from '@apollo/client/cache';
import { BaseHttpLink } from '@apollo/client/link/http';
import { relayStylePagination } from '@apollo/client/utilities';
import { reachabilityLink } from './reachabilityLink.ts';

/** Pages that are reached by `skip` stand for themselves; those by `after` are one list that grows. */
const pageKeys =
  (keys: readonly string[]): KeyArgsFunction =>
  (args) =>
    args?.['skip'] === undefined ? [...keys] : [...keys, 'first', 'skip'];

/** Entities under the ids that stand in addresses; connections grow page by page. */
export const createCache = (): InMemoryCache =>
  new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          movies: relayStylePagination(pageKeys(['filter', 'orderBy'])),
          movieSearch: relayStylePagination(pageKeys(['query', 'filter', 'orderBy'])),
          users: relayStylePagination(['orderBy']),
          recommendFor: relayStylePagination(['ratings', 'filter', 'diversity']),
        },
      },
      Movie: { keyFields: ['movieId'] },
      Genre: { keyFields: ['name'], fields: { movies: relayStylePagination(['orderBy']) } },
      User: {
        keyFields: ['userId'],
        fields: {
          ratings: relayStylePagination(['orderBy']),
          recommendations: relayStylePagination(['filter', 'diversity']),
        },
      },
    },
  });

/** A client that keeps what did arrive when a part of an answer failed; requests pass through `links` on their way. */
export const createClient = (apiUrl: string, ...links: ApolloLink[]): ApolloClient =>
  new ApolloClient({
    link: ApolloLink.from([reachabilityLink, ...links, new BaseHttpLink({ uri: apiUrl })]),
    cache: createCache(),
    defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
  });
