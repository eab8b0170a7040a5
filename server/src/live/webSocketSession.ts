import { messageOf } from '@pocketrocket/runtime';
import { GraphQLError, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { headerMapOf } from '../api/apolloApi.ts';
import { CLOSE, type LiveClient, type LiveRequest, type LiveSession } from '../api/livePort.ts';
import { formatError } from '../graphql/apollo/errors.ts';
import { type Connection, type Connections } from './connections.ts';
import type { Pushes } from './pushes.ts';
import { isUnauthenticated, type Subscriptions } from './subscriptions.ts';

export interface SessionDeps {
  connections: Connections;
  subscriptions: Subscriptions;
  schema: GraphQLSchema;
}

/** A client that opens a connection and then says nothing is no client. */
const INIT_TIMEOUT_MS = 10_000;
/** Characters of the id that a client gives a subscription; it comes with each answer. */
const MAX_ID = 200;

type Extra = Record<'connection', Connection> & { headers: LiveRequest['headers'] };
type LiveContext = Context<Record<string, unknown> | undefined, Extra>;
/** The arguments of an operation that has begun already. */
type Begun = ExecutionArgs & { pushes: Pushes };

/** Answers subscriptions over connections that speak graphql-transport-ws, by the library of that protocol. */
export function webSocketSessions(
  deps: SessionDeps,
): (request: LiveRequest, client: LiveClient) => LiveSession {
  const { connections } = deps;
  const server = makeServer<Record<string, unknown> | undefined, Extra>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: (context) => signIn(deps, context),
    onSubscribe: (context, id, payload) =>
      id.length > MAX_ID ? [refusedId()] : begin(deps, context, payload),
    subscribe: (args) => (args as Begun).pushes,
    // Answers are masked already, and are not GraphQLErrors any more.
    onNext: (_context, _id, _payload, _args, result) => result,
    onError: (_context, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error)),
  });
  return (request, client) => {
    const connection = connections.open(request, client);
    let onMessage: (text: string) => Promise<void> = async () => undefined;
    const closed = server.opened(
      {
        protocol: request.protocol,
        send: (text) => client.send(text),
        close: (code = CLOSE.NORMAL, reason = '') => client.close(code, reason),
        onMessage: (listener) => (onMessage = listener),
      },
      { connection, headers: request.headers },
    );
    return {
      // The library takes what is parsed already, too.
      hear: (text) =>
        void onMessage(partsOf(text) as string).catch(() =>
          client.close(CLOSE.INTERNAL, 'Internal server error'),
        ),
      closed(code, reason) {
        connections.forget(connection);
        void closed(code, reason);
      },
    };
  };
}

function refusedId(): GraphQLError {
  const message = `The id of a subscription may have ${MAX_ID} characters.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The parts that the protocol has: the library keeps a message for as long as its subscription lasts. */
function partsOf(text: string): unknown {
  try {
    const { id, type, payload } = JSON.parse(text) as Record<string, unknown>;
    return { type, ...(id !== undefined && { id }), ...(payload !== undefined && { payload }) };
  } catch {
    // The library says what is wrong with it.
    return text;
  }
}

/** Lets go of what a client sent once all that is needed of it was read. */
function empty(sent: object): void {
  for (const name of Object.keys(sent)) Reflect.deleteProperty(sent, name);
}

/** By the token in the first message, else by the header with which the connection was opened. */
async function signIn({ connections }: SessionDeps, context: LiveContext): Promise<boolean> {
  const { connectionParams, extra } = context;
  const { connection, headers } = extra;
  Reflect.deleteProperty(context, 'connectionParams');
  const given = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'];
  // What is no text is refused as an empty one is: whoever means to sign in is not taken for a stranger.
  const sent = typeof given === 'string' ? given : '';
  const authorization = (given ?? null) === null ? headerMapOf(headers).get('authorization') : sent;
  try {
    await connections.signIn(connection, authorization);
    return true;
  } catch (error) {
    if (!isUnauthenticated(error)) throw error;
    // Its own close would not say why.
    connection.client.close(CLOSE.FORBIDDEN, `Forbidden: ${messageOf(error)}`);
    return false;
  }
}

async function begin(
  { connections, subscriptions, schema }: SessionDeps,
  { extra: { connection } }: LiveContext,
  payload: SubscribePayload,
): Promise<Begun | readonly GraphQLError[]> {
  const problem = connections.enter(connection);
  if (problem !== null) return [new GraphQLError(problem, { extensions: { code: 'RATE_LIMITED' } })];
  try {
    const pushes = await subscriptions.begin(connection, payload, () => connections.leave(connection));
    empty(payload);
    const { document, operationName } = pushes.operation;
    return { schema, document, operationName, contextValue: undefined, pushes };
  } catch (error) {
    connections.leave(connection);
    return subscriptions.formatted(error, connection.requestId);
  }
}
