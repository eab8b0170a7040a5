import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { from, mergeMap, type Observable } from 'rxjs';

/** Sends a subscription over the page's live connection. */
export type Subscribe = (operation: ApolloLink.Operation) => Observable<ApolloLink.Result>;

/**
 * Sends subscriptions over the page's one live connection, and lets everything else pass. The connection's code is loaded when the page
 * first subscribes and the browser has nothing more urgent to do: the first picture waits for neither.
 */
export function createLiveLink(load: () => Promise<Subscribe>): ApolloLink {
  let loaded: Promise<Subscribe> | undefined;
  const connection = () =>
    (loaded ??= idle()
      .then(load)
      .catch((error: unknown) => {
        loaded = undefined;
        throw error;
      }));
  return new ApolloLink((operation, forward) =>
    operation.operationType === OperationTypeNode.SUBSCRIPTION
      ? from(connection()).pipe(mergeMap((subscribe) => subscribe(operation)))
      : forward(operation),
  );
}

const MOST_IDLE_WAIT_MS = 2_000;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'undefined') setTimeout(resolve, 1);
    else requestIdleCallback(() => resolve(), { timeout: MOST_IDLE_WAIT_MS });
  });
}
