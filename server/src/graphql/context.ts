import { AppError, type Logger } from '@pocketrocket/runtime';
import type { AppAccess } from '../apps/appAccess.ts';
import type { RefreshCookie } from '../accounts/refreshCookie.ts';
import type { Viewer } from '../accounts/sessions.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { Turns } from '../timing/turns.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** The context that all resolvers of one request share. */
export interface ApiContext {
  requestId: string;
  /** Writes the request id with every line. */
  logger: Logger;
  /** The account that asks; null without a sign-in. Throws AppError UNAUTHENTICATED for a sign-in that holds no more. */
  viewer: () => Promise<Viewer | null>;
  /** The signed-in user's number; null without a sign-in. Throws as `viewer` does. */
  viewerId: () => Promise<number | null>;
  /**
   * The rights of the request by its API key; null without one. Throws AppError UNAUTHENTICATED for a key that does not hold, RATE_LIMITED
   * after too many of them.
   */
  app: () => Promise<AppAccess | null>;
  /** The cookie that carries the refresh token, for pages of the same origin; left out for all others. */
  refreshCookie?: RefreshCookie;
  /** Network address of the caller. */
  address: string;
  /** By when fields must be there to be answered. */
  deadline: Deadline;
  /** Its part in the turns of the event loop. */
  turns: Turns;
  /** The request's loaders: equal reads of one request become one statement. */
  scope: RequestScope;
  /** The subscription that it belongs to; left out for queries and mutations. */
  live?: LiveOperation;
}

/** A sign that the answer of a subscription may be another one. */
export interface LiveSign {
  /** The user whose list it is about; null for none. */
  userId: number | null;
  /** True where the model or the catalogue is another one: then it is about everybody. */
  isExchange: boolean;
}

/** A subscription as its field sees it. */
export interface LiveOperation {
  /** A sign at once, then one whenever a user's list may have changed. */
  listOf: (userId: number) => AsyncIterableIterator<LiveSign>;
  /** A sign at once, then one whenever the training has come further. */
  training: () => AsyncIterableIterator<LiveSign>;
  /** Notes what the answer depends on, and a digest of all that it shows: an equal one is not sent again. */
  note: (state: string, shown: string) => void;
}

/** Names who asks, for what each may have a share of: the app, the signed-in user, else the address. */
export async function clientOf(context: ApiContext): Promise<string> {
  const { viewerId, address } = context;
  const access = await askingApp(context);
  if (access) return `app ${access.appId}`;
  const userId = await viewerId().catch(nobodyIfRefused);
  return userId === null ? address : `user ${userId}`;
}

/** The app that asks, for what it only sees otherwise than others; null without a key that holds. */
export function askingApp({ app }: ApiContext): Promise<AppAccess | null> {
  return app().catch(nobodyIfRefused);
}

/** An expired sign-in, and a key that does not hold, matter to fields that need them alone. */
function nobodyIfRefused(error: unknown): null {
  if (error instanceof AppError && (error.code === 'UNAUTHENTICATED' || error.code === 'RATE_LIMITED'))
    return null;
  throw error;
}
