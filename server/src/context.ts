import type { Logger } from '@pocketrocket/schema/runtime';
import type { RequestScope } from './services/requestScope.ts';

/** What every resolver of one request shares. */
export interface ApiContext {
  requestId: string;
  /** Writes the request id with every line. */
  logger: Logger;
  /** The request's loaders: equal reads of one request become one statement. */
  scope: RequestScope;
}
