/** A request that wants to hold, fill or confuse the server, and what must come back. */
export interface HostileCase {
  name: string;
  /** The body of the POST; made when it is sent, since some are large. */
  body: () => string | Buffer;
  /**
   * The codes one of which each error of the answer bears; `null` where an answer without errors is right too.
   * `INTERNAL_SERVER_ERROR` is never among them.
   */
  codes: readonly (string | null)[];
}

/** Real numbers and names of the data that the server holds, so that requests get past the first check. */
export interface HostileWorld {
  /** The more the better. */
  movieIds: readonly number[];
  /** The ones with the most ratings. */
  userIds: readonly number[];
  genres: readonly string[];
}

export const INPUT = 'BAD_USER_INPUT';
export const INVALID = 'GRAPHQL_VALIDATION_FAILED';
export const UNPARSED = 'GRAPHQL_PARSE_FAILED';
export const UNREAD = 'BAD_REQUEST';
/** Of a stranger who asks what only an account may. */
export const NOT_SIGNED_IN = 'UNAUTHENTICATED';
export const UNKNOWN_HASH = 'PERSISTED_QUERY_NOT_FOUND';
/** By whichever limit comes first. */
export const REFUSED = [INPUT, INVALID, UNPARSED];
export const TOO_LARGE = 'ANSWER_TOO_LARGE';

/** The texts of numbers from 0 on, one after the other. */
export function repeat(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

/** A case of one query. */
export function query(
  name: string,
  codes: HostileCase['codes'],
  source: () => string,
  more: () => Record<string, unknown> = () => ({}),
): HostileCase {
  return { name, codes, body: () => JSON.stringify({ query: source(), ...more() }) };
}
