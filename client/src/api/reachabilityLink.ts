import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';
import { reachability } from './reachability.ts';

/** Tells those who wait for the server that it has answered. */
export const reachabilityLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(tap(() => reachability.answered())),
);
