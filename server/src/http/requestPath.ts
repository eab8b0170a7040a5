import type { IncomingMessage } from 'node:http';

/** The path of a request's address, without its query. */
export function pathOf({ url }: Pick<IncomingMessage, 'url'>): string {
  return url?.split('?', 1)[0] ?? '/';
}
