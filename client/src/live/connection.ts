import { CombinedGraphQLErrors, type ApolloLink } from '@apollo/client';
import { print } from 'graphql';
import { createClient, type ClientOptions } from 'graphql-ws';
import { Observable } from 'rxjs';
import type { Subscribe } from './liveLink.ts';
import { isLive } from './liveState.ts';

const FORBIDDEN = 4403;
const LONGEST_WAIT_MS = 30_000;
/** Tells a lost connection, of which nobody says so, by a ping without an answer for so long. */
const PONG_MS = 5_000;

/** Tells who is signed in, and has the token that says so. */
export interface LiveIdentity {
  userId: () => number | null;
  /** Tells of changes of who is signed in. */
  subscribe: (listener: () => void) => void;
  /** A valid access token, fetched where there is none; null for nobody, or where it cannot be fetched. */
  token: () => Promise<string | null>;
  /** Forgets a token that the API refused. */
  refused: (token: string) => void;
}

/**
 * Opens the page's one connection for all subscriptions: with the first, closed a while after the last. One that breaks is opened again,
 * after pauses that grow, at once where the browser is back online; another one is opened when somebody signs in or out. `isLive` says
 * whether it stands.
 */
export function openConnection(
  url: string,
  identity: LiveIdentity,
  options: Partial<ClientOptions> = {},
): Subscribe {
  let sent: string | null = null;
  const client = createClient({
    url,
    lazyCloseTimeout: 3_000,
    keepAlive: 25_000,
    retryAttempts: Infinity,
    // Also where nothing answers: the server may be starting.
    shouldRetry: () => true,
    retryWait: waitForRetry,
    connectionParams: async () => {
      sent = await identity.token();
      return sent === null ? {} : { authorization: `Bearer ${sent}` };
    },
    ...options,
  });
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  let isOpening = false;
  client.on('connecting', () => (isOpening = true));
  client.on('opened', () => (isOpening = false));
  client.on('connected', () => isLive.set(true));
  client.on('ping', (isReceived) => {
    if (isReceived) return;
    clearTimeout(unanswered);
    unanswered = setTimeout(() => client.terminate(), PONG_MS);
  });
  client.on('pong', (isReceived) => {
    if (isReceived) clearTimeout(unanswered);
  });
  client.on('closed', (event) => {
    isOpening = false;
    clearTimeout(unanswered);
    isLive.set(false);
    if ((event as { code?: number }).code === FORBIDDEN && sent !== null) identity.refused(sent);
  });
  let userId = identity.userId();
  identity.subscribe(() => {
    if (identity.userId() === userId) return;
    userId = identity.userId();
    // Another identity needs another connection; subscriptions that go on are taken over to it. One that is not open yet asks for the token
    // when it is.
    if (!isOpening) client.terminate();
  });

  return ({ query, variables, operationName }) =>
    new Observable<ApolloLink.Result>((observer) =>
      client.subscribe(
        { query: print(query), variables, operationName },
        {
          next: (result) => observer.next(result as ApolloLink.Result),
          complete: () => observer.complete(),
          error: (problem) =>
            observer.error(Array.isArray(problem) ? new CombinedGraphQLErrors({ errors: problem }) : problem),
        },
      ),
    );
}

/** Half a second, doubled each time up to half a minute, spread so that not all pages come at once; ends early when back online. */
function waitForRetry(retries: number): Promise<void> {
  const most = Math.min(LONGEST_WAIT_MS, 500 * 2 ** retries);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, most * (0.5 + Math.random() / 2));
    window.addEventListener('online', done);
  });
}

/** The address of the API's WebSocket, for its address as pages have it. */
export function liveUrl(apiUrl: string, page: string): string {
  const url = new URL(apiUrl, page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
