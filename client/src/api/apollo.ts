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
          moviesByTag: relayStylePagination(['tag']),
          users: relayStylePagination(['orderBy']),
          recommendFor: relayStylePagination(['ratings', 'filter', 'diversity']),
          recommendForGroup: relayStylePagination(['members', 'tasteTokens', 'strategy']),
        },
      },
      // What operators see: each section asks for a part of it.
      Admin: { merge: true, fields: { accounts: relayStylePagination(['query']) } },
      ModelVersion: { keyFields: ['version'] },
      App: { keyFields: ['appId'] },
      ApiKey: { keyFields: ['keyId'] },
      AccountOverview: { keyFields: ['userId'] },
      Movie: {
        keyFields: ['movieId'],
        // Asked for piece by piece, by parts of a page.
        fields: { details: { merge: true } },
      },
      Person: { keyFields: ['personId'] },
      // Each query reads other facts of them; without a key the one would put out the other's.
      Dataset: { keyFields: ['name'] },
      Model: { keyFields: ['version'] },
      Genre: { keyFields: ['name'], fields: { movies: relayStylePagination(['orderBy']) } },
      User: {
        keyFields: ['userId'],
        fields: {
          ratings: relayStylePagination(['orderBy', 'filter']),
          recommendations: relayStylePagination(['filter', 'diversity']),
          watchlist: relayStylePagination(),
          dismissedMovies: relayStylePagination(),
        },
      },
    },
  });

/** The context of a small mutation that arrives even where its page is left, closed or loaded anew at once. */
export const outlivingPage = { fetchOptions: { keepalive: true } } satisfies BaseHttpLink.ContextOptions;

/**
 * A client that keeps what did arrive when a part of an answer failed; requests pass through `links` on their way. What one of these answers
 * itself does not count as the server's.
 */
export const createClient = (apiUrl: string, ...links: ApolloLink[]): ApolloClient =>
  clientOver(ApolloLink.from([...links, reachabilityLink, new BaseHttpLink({ uri: apiUrl })]));

/** The same over any link. @param options more of Apollo Client's own */
export const clientOver = (
  link: ApolloLink,
  options: Pick<ApolloClient.Options, 'ssrMode'> = {},
): ApolloClient =>
  new ApolloClient({
    ...options,
    link,
    cache: createCache(),
    defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
  });
