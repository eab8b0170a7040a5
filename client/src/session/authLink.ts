import { ApolloLink } from '@apollo/client';
import { from, of, mergeMap, type Observable } from 'rxjs';
import type { SessionStore } from './session.ts';

type Store = Pick<SessionStore, 'get' | 'accessToken' | 'dropAccessToken'>;

/**
 * Sends the session's access token with every operation. Where it has run out, or the API refuses it, a new one is fetched first and the
 * operation is sent with that: whoever rates a film notices nothing.
 */
export const createAuthLink = (store: Store, refresh: () => Promise<void>) =>
  new ApolloLink((operation, forward) => {
    const send = (token: string | null): Observable<ApolloLink.Result> => {
      operation.setContext({ headers: token === null ? {} : { authorization: `Bearer ${token}` } });
      return forward(operation);
    };
    const sendFresh = (): Observable<ApolloLink.Result> =>
      from(refresh()).pipe(mergeMap(() => send(store.accessToken())));

    if (!store.get().session) return send(null);
    const token = store.accessToken();
    if (token === null) return sendFresh();
    return send(token).pipe(
      mergeMap((result) => {
        if (!isRefused(result)) return of(result);
        store.dropAccessToken(token);
        return sendFresh();
      }),
    );
  });

const isRefused = ({ errors }: ApolloLink.Result): boolean =>
  errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED') ?? false;
