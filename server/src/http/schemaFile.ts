import type { IncomingMessage, ServerResponse } from 'node:http';
import { weakEtag } from '../api/weakEtag.ts';
import { hasAlready } from './publicAnswers.ts';
import { isRead, notAllowed } from './readOnly.ts';

/** Seconds for which clients need not ask again: a new release may have another schema. */
const MAX_AGE_SECONDS = 300;

/** Sends the schema as a text of GraphQL's schema definition language. */
export function sendSchema(req: IncomingMessage, res: ServerResponse, sdl: string): void {
  if (!isRead(req)) return notAllowed(res);
  const etag = weakEtag(sdl);
  res.setHeader('cache-control', `public, max-age=${MAX_AGE_SECONDS}`);
  res.setHeader('etag', etag);
  if (hasAlready(req, etag)) return void res.writeHead(304).end();
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end(req.method === 'HEAD' ? undefined : sdl);
}
