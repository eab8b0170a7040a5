import { AppError, type TraceHeaders } from '@pocketrocket/runtime';
import type { Standing } from '../budgets/budgetGate.ts';
import type { OperationOutcome } from '../graphql/apollo/httpContext.ts';

/** A GraphQL request as the front hands it on: its body has arrived whole, and nobody has looked into it. */
export interface ApiRequest {
  requestId: string;
  method: string;
  /** The address's query with its question mark; empty without one. */
  search: string;
  /** Names in lower case and values in turn. */
  headers: readonly string[];
  /** Null where there is none, or none of JSON. */
  body: string | null;
  /** Address of the caller by which limits count. */
  address: string;
  /** Milliseconds in which the answer must be there. */
  timeoutMs: number;
  /** True where another part of the API has passed this request on: whoever gets it answers it. */
  isPassedOn: boolean;
  /** The front's span, which the API's continue; left out while tracing is off. */
  trace?: TraceHeaders;
}

/** Facts that caches need of an answer that is everybody's. */
export interface SharedAnswer {
  /** Names its content, as `ETag` does. */
  etag: string;
  /** Seconds for which it may be kept. */
  maxAgeSeconds: number;
}

/** An answer that only has to be written. */
export interface ApiAnswer {
  status: number;
  /** Names and values in turn. */
  headers: readonly string[];
  /** Owns its whole buffer, so that it can change threads without being copied. */
  body: Uint8Array;
  /** For the request's log line. */
  outcome: OperationOutcome;
  /** Set where everybody gets the same answer. */
  shared?: SharedAnswer;
  /** The client's budget after this request; left out where there are none. */
  standing?: Standing;
}

/** A request that is refused because of others, or of a failure that the log has told of: it gets no line of its own. */
export class Overloaded extends AppError {
  constructor(message = 'the server is overloaded; try again in a moment') {
    super('UPSTREAM_UNAVAILABLE', message);
  }
}

/** The GraphQL API, in this thread or in others. */
export interface ApiPort {
  /**
   * Answers a request.
   * @param isWanted false once nobody waits for the answer
   * @throws Overloaded where it cannot answer now, and may in a moment
   */
  handle(request: ApiRequest, isWanted?: () => boolean): Promise<ApiAnswer>;
}
