import 'graphiql/setup-workers/vite';
import type { GraphiQLProps } from 'graphiql';
import 'graphiql/style.css';
import { Kind, OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { Playground } from './Playground.tsx';
import './playground.css';

type FetcherResult = Awaited<ReturnType<GraphiQLProps['fetcher']>>;

/** Headers of the last operation: the one with the sign-in goes with the first message of a WebSocket. */
let lastHeaders: Readonly<Record<string, unknown>> = {};

/** Opened for the first subscription, and closed after the last. */
const live = createClient({
  url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
  connectionParams: () => ({ ...lastHeaders }),
});

type FetcherParameters = Parameters<GraphiQLProps['fetcher']>;

function isSubscription([{ operationName }, options]: FetcherParameters): boolean {
  return (options?.documentAST?.definitions ?? []).some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION &&
      (!operationName || definition.name?.value === operationName),
  );
}

/** The API answers at the address that served this page, subscriptions by WebSocket. */
const fetcher: GraphiQLProps['fetcher'] = (parameters, options) => {
  if (!isSubscription([parameters, options])) return ask(parameters, options);
  lastHeaders = options?.headers ?? {};
  return live.iterate(parameters) as FetcherResult;
};

async function ask(...[parameters, options]: FetcherParameters): Promise<FetcherResult> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...options?.headers,
    },
    body: JSON.stringify(parameters),
  });
  return (await response.json()) as FetcherResult;
}

const root = document.querySelector('#playground');
if (root) createRoot(root).render(<Playground fetcher={fetcher} />);
