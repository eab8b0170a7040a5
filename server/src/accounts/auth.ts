import { AppError } from '@pocketrocket/runtime';
import { limiterHere, type OpenLimiter } from '../counters/limiters.ts';
import { createSignInAttempts, type SharedCounters, type SignInAttempts } from './attempts.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** The parts of signing in besides the database. */
export interface Auth {
  tokens: Tokens;
  attempts: SignInAttempts;
}

/**
 * @param shared where several servers count attempts together; null where this one counts alone
 * @param openLimiter how it counts then
 */
export function createAuth(
  secret: string,
  shared: SharedCounters | null = null,
  openLimiter: OpenLimiter = limiterHere,
): Auth {
  return { tokens: createTokens(secret), attempts: createSignInAttempts(shared, openLimiter) };
}

/** Reads lazily, and once, who sends a request, by its authorization header; null without one. */
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
