import type { ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse';
import { headerMapOf, NOT_JSON, parseObject } from '../api/apolloApi.ts';
import { errorText } from '../api/errorAnswer.ts';
import { CLOSE, type LiveClient, type LiveRequest, type LiveSession } from '../api/livePort.ts';
import { messageOf } from '@pocketrocket/runtime';
import { formatError } from '../graphql/apollo/errors.ts';
import type { Connection } from './connections.ts';
import type { Pushes } from './pushes.ts';
import { isUnauthenticated } from './subscriptions.ts';
import type { SessionDeps } from './webSocketSession.ts';

/** The request as graphql-sse is handed it: of whatever else a client sent it needs nothing. */
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['accept', 'text/event-stream'],
  ['content-type', 'application/json'],
]);
const STREAM_HEADERS = ['cache-control', 'no-cache, no-transform', 'x-accel-buffering', 'no'];

interface Open {
  connection: Connection;
  pushes: Pushes | null;
}

/** Answers one subscription for each connection as an event stream, by the library of graphql-sse. */
export function eventSessions(deps: SessionDeps): (request: LiveRequest, client: LiveClient) => LiveSession {
  const { connections } = deps;
  const handler = createHandler<Open>({
    // Each stream is one subscription: nothing is kept under a token between requests.
    authenticate: () => null,
    onSubscribe: ({ raw }, params) => begin(deps, raw, params),
  });
  return (request, client) => {
    const open: Open = { connection: connections.open(request, client), pushes: null };
    const stream = async () => {
      const { authorization, body } = await readRequest(request);
      await connections.signIn(open.connection, authorization);
      const headers = { get: (name: string) => HEADERS.get(name) ?? null };
      const asked = { method: 'POST', url: '/graphql', headers, body, raw: open, context: undefined };
      const [answer, { status, headers: more = {} }] = await handler(asked);
      client.head(status, [...STREAM_HEADERS, ...Object.entries(more).flat()]);
      if (typeof answer === 'string') client.send(answer);
      else if (answer) for await (const text of answer) if (!open.connection.isClosed) client.send(text);
      client.close(CLOSE.NORMAL, 'done');
    };
    stream().catch((error: unknown) => fail(deps, client, request, error));
    return {
      hear: () => undefined,
      closed() {
        connections.forget(open.connection);
        void open.pushes?.return();
      },
    };
  };
}

/** A request that is no subscription at all. */
class Unreadable extends Error {}

async function readRequest({ headers, body }: LiveRequest) {
  const parsed = body === null ? null : parseObject(body);
  if (parsed === null || Array.isArray(parsed)) throw new Unreadable(NOT_JSON);
  const authorization = headerMapOf(headers).get('authorization');
  // A persisted query is sent by its hash alone, which the library takes for a mistake.
  return { authorization, body: { query: '', ...parsed } };
}

async function begin(
  { connections, subscriptions }: SessionDeps,
  open: Open,
  params: Parameters<typeof subscriptions.begin>[1],
): Promise<AsyncIterableIterator<ExecutionResult>> {
  const { connection } = open;
  const problem = connections.enter(connection);
  if (problem !== null) return refusal([{ message: problem, extensions: { code: 'RATE_LIMITED' } }]);
  try {
    open.pushes = await subscriptions.begin(connection, params, () => connections.leave(connection));
    // The client may have gone meanwhile.
    if (connection.isClosed) await open.pushes.return();
    return open.pushes;
  } catch (error) {
    connections.leave(connection);
    const errors = subscriptions.formatted(error, connection.requestId);
    return refusal(errors.map((one) => formatError(one.toJSON(), one)));
  }
}

/** Tells errors, and ends: a result without data would be taken for something else. */
async function* refusal(errors: readonly object[]): AsyncGenerator<ExecutionResult, undefined> {
  yield { errors } as unknown as ExecutionResult;
}

function fail(
  { subscriptions }: SessionDeps,
  client: LiveClient,
  { requestId }: LiveRequest,
  error: unknown,
): void {
  const refuse = (status: number, code: string, message: string) => {
    client.head(status, ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store']);
    client.send(errorText(code, message));
    client.close(CLOSE.NORMAL, 'refused');
  };
  if (error instanceof Unreadable) return refuse(400, 'BAD_REQUEST', error.message);
  if (isUnauthenticated(error)) return refuse(401, 'UNAUTHENTICATED', messageOf(error));
  subscriptions.formatted(error, requestId);
  client.close(CLOSE.INTERNAL, 'Internal server error');
}
