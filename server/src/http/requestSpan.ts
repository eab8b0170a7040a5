import type { IncomingMessage, ServerResponse } from 'node:http';
import { openSpan } from '@pocketrocket/runtime';
import type { RequestFacts } from './graphqlEndpoint.ts';
import { pathOf } from './requestPath.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

/** Statuses from here on are the server's failures. */
const SERVER_ERROR = 500;

/**
 * Answers a request to the API within a span that continues the caller's trace and ends when the answer has been sent; without one
 * while tracing is off.
 */
export function inRequestSpan(
  { requestId, outcome }: RequestFacts,
  req: IncomingMessage,
  res: ServerResponse,
  answer: () => Promise<void>,
): Promise<void> {
  const method = METHODS.has(req.method ?? '') ? req.method : '_OTHER';
  const route = pathOf(req);
  const span = openSpan({
    name: `${method} ${route}`,
    kind: 'server',
    from: req.headers,
    facts: {
      'http.request.method': method,
      'http.route': route,
      'pocketrocket.request_id': requestId,
    },
  });
  if (!span) return answer();
  res.once('close', () => {
    const { statusCode, writableFinished } = res;
    if (writableFinished) span.note({ 'http.response.status_code': statusCode });
    span.note({ 'pocketrocket.cost': outcome.cost });
    if (!writableFinished) span.fail('aborted');
    else if (statusCode >= SERVER_ERROR) span.fail(String(statusCode));
    span.end();
  });
  return span.run(answer);
}
