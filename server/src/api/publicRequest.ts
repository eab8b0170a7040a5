import type { HeaderMap } from '@apollo/server';
import type { PublicRequest } from '../graphql/apollo/publicAnswers.ts';
import type { ApiRequest } from './apiPort.ts';

/** The header by which Apollo Server knows a request that no page of another origin can send without a preflight. */
const PREFLIGHT = 'apollo-require-preflight';

/**
 * True for a request by GET that names an operation which the server must know already, and carries no sign-in. Any page may make a
 * browser send one: it can only read, what anybody may read, by a query that somebody registered; only pages of origins that CORS lets
 * in see the answer.
 */
export function isPublicRequest({ method, search, headers }: PublicRequestParts): boolean {
  if (method !== 'GET' || headers.get('authorization') !== undefined) return false;
  // An image or a script of a page: nobody reads the answer, and it would only use up the visitor's budget.
  if (headers.get('sec-fetch-mode') === 'no-cors') return false;
  const parameters = new URLSearchParams(search);
  return parameters.has('extensions') && !parameters.has('query');
}

export interface PublicRequestParts extends Pick<ApiRequest, 'method' | 'search'> {
  headers: { get(name: string): string | undefined };
}

/** Lets such a request pass without a preflight, as nobody's: the cookie counts for nothing. Changes the headers. */
export function openToEverybody(headers: HeaderMap): PublicRequest {
  headers.delete('cookie');
  headers.set(PREFLIGHT, 'registered');
  return { maxAgeSeconds: null };
}
