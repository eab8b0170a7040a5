import { ApolloClient, CombinedGraphQLErrors, InMemoryCache, type ErrorLike } from '@apollo/client';
import { BaseHttpLink } from '@apollo/client/link/http';
import { relayStylePagination } from '@apollo/client/utilities';
import { createAuthLink } from '../session/authLink.ts';
import { sessionStore } from '../session/session.ts';

/** Entities under the ids that stand in addresses; connections grow page by page. */
export const createCache = (): InMemoryCache =>
  new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          movies: relayStylePagination(['filter', 'orderBy']),
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

/** A client that keeps what did arrive when a part of an answer failed. */
export const createClient = (apiUrl: string): ApolloClient =>
  new ApolloClient({
    link: createAuthLink(sessionStore).concat(new BaseHttpLink({ uri: apiUrl })),
    cache: createCache(),
    defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
  });

/** Whether the API answered at all: an answer that carries errors is one. */
export const isUnreachable = (error: ErrorLike | undefined): boolean =>
  error !== undefined && !CombinedGraphQLErrors.is(error);
