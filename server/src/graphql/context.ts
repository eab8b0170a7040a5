import type { Logger } from '@pocketrocket/runtime';
import type { Deadline } from '../timing/deadline.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** What every resolver of one request shares. */
export interface ApiContext {
  requestId: string;
  /** Writes the request id with every line. */
  logger: Logger;
  /** Who is signed in; null where nobody is. Throws AppError UNAUTHENTICATED for a sign-in that holds no more. */
  viewerId: () => Promise<number | null>;
  /** Network address of the caller. */
  address: string;
  /** By when fields must be there to be answered. */
  deadline: Deadline;
  /** The request's loaders: equal reads of one request become one statement. */
  scope: RequestScope;
}
