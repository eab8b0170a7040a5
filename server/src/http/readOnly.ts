import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendError } from './responses.ts';

/** True for a request that only reads. */
export function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Refuses any other request. */
export function notAllowed(res: ServerResponse): void {
  res.setHeader('allow', 'GET, HEAD');
  sendError(res, 405, 'BAD_REQUEST', 'Only GET and HEAD are allowed here.');
}
