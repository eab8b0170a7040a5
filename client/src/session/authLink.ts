import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';
import type { createSessionStore } from './session.ts';

/** Sends the session's token with every operation, and ends the session when the API refuses the token. */
export const createAuthLink = (store: Pick<ReturnType<typeof createSessionStore>, 'get' | 'expire'>) =>
  new ApolloLink((operation, forward) => {
    const token = store.get().session?.token;
    if (token === undefined) return forward(operation);
    operation.setContext({ headers: { authorization: `Bearer ${token}` } });
    return forward(operation).pipe(
      tap(({ errors }) => {
        if (errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED')) store.expire(token);
      }),
    );
  });
