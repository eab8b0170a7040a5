/** The codes of the API's errors, as docs/api.md explains them; a later release may have more. */
export const API_CODES = [
  'BAD_USER_INPUT',
  'ANSWER_TOO_LARGE',
  'CONFIG_INVALID',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'EMAIL_TAKEN',
  'RATE_LIMITED',
  'NOT_FOUND',
  'BAD_DATA',
  'DATASET_MISMATCH',
  'ARTIFACT_INVALID',
  'ENVIRONMENT',
  'UPSTREAM_UNAVAILABLE',
  'WRITES_REFUSED',
  'QUALITY_GATE',
  'CONFLICT',
  'INTERRUPTED',
  'INTERNAL_SERVER_ERROR',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;

/** Codes of failures on the way: no answer, none in time, one that is no GraphQL. */
export type TransportCode = 'NETWORK' | 'TIMEOUT' | 'BAD_ANSWER';

export type ErrorCode = (typeof API_CODES)[number] | TransportCode | (string & {});

/** One error of an answer. */
export interface ApiError {
  message: string;
  /** The place in the answer; absent for what concerns the whole request. */
  path?: readonly (string | number)[];
  extensions?: {
    code?: string;
    retryable?: boolean;
    /** Of what was refused for its price: what one request may cost. */
    maxCost?: number;
  };
}

/** A request's cost in units of 50 µs of the server's CPU, and what is left of the budget. */
export interface Cost {
  /** The estimate that is charged; null for what was refused before it had a price. */
  requested: number | null;
  actual: number;
  limit: number;
  remaining: number;
  /** Time at which the budget is full again. */
  resetAt: string;
}

export interface FailureFacts {
  code: ErrorCode;
  /** Null where no answer came. */
  status?: number | null;
  requestId?: string | null;
  cost?: Cost | null;
  errors?: readonly ApiError[];
  data?: unknown;
  isRetryable?: boolean;
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** A request that failed, in whole or in part. */
export class PocketRocketError extends Error {
  override readonly name: string = 'PocketRocketError';
  /** Of the first error; messages are for people, codes for programs. */
  readonly code: ErrorCode;
  /** HTTP's; null where no answer came. */
  readonly status: number | null;
  /** Names the request in the server's log; null where no answer came. */
  readonly requestId: string | null;
  /** Null where the answer tells none. */
  readonly cost: Cost | null;
  /** All errors of the answer. */
  readonly errors: readonly ApiError[];
  /** The part that could be read all the same; null for none. */
  readonly data: unknown;
  /** The same request may succeed later. */
  readonly isRetryable: boolean;
  /** Milliseconds to wait before, as the server says; null where it says none. */
  readonly retryAfterMs: number | null;

  constructor(message: string, facts: FailureFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.status = facts.status ?? null;
    this.requestId = facts.requestId ?? null;
    this.cost = facts.cost ?? null;
    this.errors = facts.errors ?? [];
    this.data = facts.data ?? null;
    this.isRetryable = facts.isRetryable ?? false;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** A batch that failed after others had been sent. Events keep their ids: to send `unsent` again repeats nothing. */
export class BatchError<Item = unknown, Payload = unknown> extends PocketRocketError {
  override readonly name = 'BatchError';
  /** The payload of the batches before; null where this was the first. */
  readonly sent: Payload | null;
  /** The items of the batch that failed; those behind it were not looked at. */
  readonly unsent: readonly Item[];

  constructor(
    failure: PocketRocketError,
    { sent, unsent }: { sent: Payload | null; unsent: readonly Item[] },
  ) {
    super(failure.message, { ...failure, cause: failure });
    this.sent = sent;
    this.unsent = unsent;
  }
}
