import { AppError } from '@pocketrocket/runtime';
import type { Database } from '@pocketrocket/schema/database';
import { limiterHere, type OpenLimiter } from '../counters/limiters.ts';
import { bearerIn, isApiKey } from './authorization.ts';
import { createAccountLimits, type AccountLimits, type SignUpLimits } from './accountLimits.ts';
import { createSignInAttempts, type SignInAttempts } from './attempts.ts';
import { createCounters, type Counters, type SharedCounters } from './counters.ts';
import type { PostOffice } from './postOffice.ts';
import { Sessions, type Viewer } from './sessions.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** The parts of signing in besides the accounts. */
export interface Auth {
  tokens: Tokens;
  sessions: Sessions;
  attempts: SignInAttempts;
  limits: AccountLimits;
  /** Counts attempts of all kinds. */
  counters: Counters;
  /** Null where no mail can be sent. */
  post: PostOffice | null;
}

export interface AuthOptions {
  database: Database;
  /** The first one signs access tokens, all of them verify. */
  secrets: readonly [string, ...string[]];
  signUps: SignUpLimits;
  /** The counters of several servers; null where this one counts alone. */
  shared?: SharedCounters | null;
  /** Opens the counters of this process. */
  openLimiter?: OpenLimiter;
  post?: PostOffice | null;
}

export function createAuth({
  database,
  secrets,
  signUps,
  shared = null,
  openLimiter = limiterHere,
  post = null,
}: AuthOptions): Auth {
  const counters = createCounters(shared, openLimiter);
  return {
    tokens: createTokens(secrets),
    sessions: new Sessions(database),
    attempts: createSignInAttempts(counters),
    limits: createAccountLimits(counters, signUps),
    counters,
    post,
  };
}

/** Reads lazily, and once, who sends a request, by its authorization header; null without one, and where it is an API key. */
export function viewerOf(
  { tokens, sessions }: Auth,
  authorization: string | undefined,
): () => Promise<Viewer | null> {
  let viewer: Promise<Viewer | null> | undefined;
  return () => (viewer ??= read());

  async function read(): Promise<Viewer | null> {
    if (authorization === undefined) return null;
    const token = bearerIn(authorization);
    if (token !== undefined && isApiKey(token)) return null;
    if (token === undefined)
      throw new AppError('UNAUTHENTICATED', 'the authorization header must be: Bearer <token>');
    return sessions.viewerOf(await tokens.read(token));
  }
}
