import type { ApolloClient } from '@apollo/client';
import { blockOf } from '../app/config.ts';

/** The id of the block of JSON with the answers that a page was rendered from; no part of a page has such a one. */
export const DATA_BLOCK = 'rendered-data';

/** Takes over the answers that the server rendered the page from; true where it did render it. */
export function adoptData(client: ApolloClient, page: Document): boolean {
  const data = blockOf(page, DATA_BLOCK);
  if (!data) return false;
  client.cache.restore(data);
  return true;
}
