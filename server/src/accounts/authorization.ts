import type { Tokens } from './tokens.ts';

/** True for an authorization header with an access token that these keys signed and that has not expired. */
export async function isSigned(tokens: Tokens, authorization: string): Promise<boolean> {
  const token = bearerIn(authorization);
  if (token === undefined) return false;
  return tokens.read(token).then(
    () => true,
    () => false,
  );
}

/** The beginning of all API keys, and of no access token. */
export const API_KEY_PREFIX = 'pr_';

export function isApiKey(token: string): boolean {
  return token.startsWith(API_KEY_PREFIX);
}

/** The token of an authorization header; undefined where it has none. */
export function bearerIn(authorization: string): string | undefined {
  return /^Bearer (\S+)$/i.exec(authorization)?.[1];
}
