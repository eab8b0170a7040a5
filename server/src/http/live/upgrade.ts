import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@pocketrocket/runtime';
import { errorText } from '../../api/errorAnswer.ts';
import type { BudgetGate } from '../../budgets/budgetGate.ts';
import { REQUEST_ID_HEADER, requestIdOf } from '../requestId.ts';
import { pathOf } from '../requestPath.ts';
import type { LiveFront } from './liveFront.ts';

export interface UpgradeDeps {
  live: LiveFront;
  isKnownHost: (req: IncomingMessage) => boolean;
  addressOf: (req: IncomingMessage) => string;
  /** Origins whose pages may subscribe besides the server's own; `*` for any. */
  corsOrigins: readonly string[];
  gate: BudgetGate;
  isStopping: () => boolean;
  logger: Logger;
}

type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

interface Refusal {
  status: number;
  code: string;
  message: string;
}

/** Answers requests to go on as a WebSocket: those that may are handed on, all others refused as any request is. */
export function createUpgrade(deps: UpgradeDeps): Upgrade {
  return (req, socket, head) => {
    const requestId = requestIdOf(req);
    // A client that goes away meanwhile is no failure.
    socket.on('error', () => undefined);
    const take = async () => {
      const address = deps.addressOf(req);
      const refusal = await refusalOf(deps, req, address);
      deps.logger.info(
        { requestId, method: req.method, path: pathOf(req), status: refusal?.status ?? 101 },
        'upgrade',
      );
      if (socket.destroyed) return;
      if (refusal) return refuse(socket, requestId, refusal);
      deps.live.sockets.accept({ requestId, address, outcome: {} }, req, socket, head);
    };
    take().catch((error: unknown) => {
      deps.logger.error({ requestId, err: error }, 'request failed');
      socket.destroy();
    });
  };
}

async function refusalOf(
  { live, isKnownHost, corsOrigins, gate, isStopping }: UpgradeDeps,
  req: IncomingMessage,
  address: string,
): Promise<Refusal | null> {
  const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });
  if (!isKnownHost(req)) return refusal(421, 'BAD_REQUEST', 'This server does not answer to that host name.');
  if (pathOf(req) !== '/graphql') return refusal(404, 'NOT_FOUND', 'Subscriptions are at /graphql.');
  if (!isAllowedOrigin(req, corsOrigins))
    return refusal(403, 'FORBIDDEN', 'Pages of this origin may not subscribe: see CORS_ORIGINS.');
  if (isStopping()) return refusal(503, 'UPSTREAM_UNAVAILABLE', 'The server is stopping.');
  if (await gate.check(address, req.headers.authorization))
    return refusal(429, 'RATE_LIMITED', 'The budget is used up: try again in a moment.');
  const full = live.refusal(address);
  return full && refusal(full, full === 429 ? 'RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE', FULL);
}

/** Milliseconds in which a client that was refused may hang up by itself. */
const CLOSING_MS = 2_000;

/** Said of connections beyond what may be open. */
export const FULL = 'There are too many live connections: try again in a moment.';

/** Browsers let pages of any origin open WebSockets, and say which it is. Programs say nothing. */
function isAllowedOrigin(
  { headers: { origin, host } }: IncomingMessage,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

function refuse(socket: Duplex, requestId: string, { status, code, message }: Refusal): void {
  const body = errorText(code, message);
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `${REQUEST_ID_HEADER}: ${requestId}`,
    ...(status === 429 || status === 503 ? ['retry-after: 1'] : []),
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), CLOSING_MS).unref();
}
