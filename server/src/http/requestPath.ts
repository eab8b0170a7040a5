import type { IncomingMessage } from 'node:http';

/** The path of a request's address, without its query. */
export function pathOf({ url }: Pick<IncomingMessage, 'url'>): string {
  return url?.split('?', 1)[0] ?? '/';
}

/** A text of an address with its escapes read; null where they are none. */
export function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A request's query with its question mark; empty without one. */
export function searchOf({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? '' : url.slice(queryAt);
}
