import { MAX_ID } from '../../api/limits.ts';

/** Of a group, whoever opens its page among them. */
const MOST_MEMBERS = 6;

/** The members of a group besides whoever opens its page: people by their numbers, and the tokens of links that were handed on. */
export interface GroupAddress {
  userIds: readonly number[];
  tokens: readonly string[];
}

const SEPARATOR = '.';
const TOKEN = /^[\w-]{20,64}$/;

/** Reads the page's address: people stand in its search part, tokens in its fragment, which reaches no server and no log. */
export function readGroupAddress(search: URLSearchParams, hash: string): GroupAddress {
  const numbers = (search.get('with') ?? '').split(SEPARATOR).map(Number);
  const userIds = numbers.filter((id) => Number.isInteger(id) && id > 0 && id <= MAX_ID);
  const tokens = hash
    .replace(/^#/, '')
    .split(SEPARATOR)
    .filter((token) => TOKEN.test(token));
  return { userIds: distinct(userIds), tokens: distinct(tokens) };
}

/** The search part and the fragment of a group's address. */
export function writeGroupAddress(
  search: URLSearchParams,
  { userIds, tokens }: GroupAddress,
): { search: string; hash: string } {
  const next = new URLSearchParams(search);
  if (userIds.length > 0) next.set('with', userIds.join(SEPARATOR));
  else next.delete('with');
  return { search: next.toString(), hash: tokens.join(SEPARATOR) };
}

/** The tokens in a link or in whatever was pasted; none where it has none. */
export function tokensIn(text: string): string[] {
  const fragment = text.includes('#') ? text.slice(text.indexOf('#') + 1) : text;
  return distinct(
    fragment
      .trim()
      .split(SEPARATOR)
      .filter((token) => TOKEN.test(token)),
  );
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, MOST_MEMBERS - 1);
