import { AppError } from '@pocketrocket/schema/runtime';
import { createSignInAttempts, type SignInAttempts } from './attempts.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** What signing in needs besides the database. */
export interface Auth {
  tokens: Tokens;
  attempts: SignInAttempts;
}

export function createAuth(secret: string): Auth {
  return { tokens: createTokens(secret), attempts: createSignInAttempts() };
}

/** Who sends a request, by its authorization header; null without one. Read once, at the first question. */
export function viewerIdOf(
  { tokens }: Auth,
  authorization: string | undefined,
): () => Promise<number | null> {
  let viewerId: Promise<number | null> | undefined;
  return () => (viewerId ??= read());

  async function read(): Promise<number | null> {
    if (authorization === undefined) return null;
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw new AppError('UNAUTHENTICATED', 'the authorization header must be: Bearer <token>');
    return tokens.read(token);
  }
}
