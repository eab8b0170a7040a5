import { types } from 'node:util';

/** The error codes: may the same call be tried again, may a client see the message, and the exit status of a command. */
export const ERROR_CODES = {
  /** The caller's arguments are wrong; the message says what to change. */
  BAD_USER_INPUT: { retryable: false, exposed: true, exitStatus: 2 },
  /** The answer would be longer than allowed; the message says what to ask for instead. */
  ANSWER_TOO_LARGE: { retryable: false, exposed: true, exitStatus: 2 },
  /** Settings from the environment are wrong; the message lists every problem. */
  CONFIG_INVALID: { retryable: false, exposed: true, exitStatus: 2 },
  /** Nobody is signed in, or the sign-in has expired or is wrong. */
  UNAUTHENTICATED: { retryable: false, exposed: true, exitStatus: 10 },
  /** Whoever is signed in may not do this. */
  FORBIDDEN: { retryable: false, exposed: true, exitStatus: 14 },
  /** There is an account with this email address already. */
  EMAIL_TAKEN: { retryable: false, exposed: true, exitStatus: 11 },
  /** Too many attempts in too short a time; the message says when the next may come. */
  RATE_LIMITED: { retryable: true, exposed: true, exitStatus: 12 },
  /** The requested thing does not exist. */
  NOT_FOUND: { retryable: false, exposed: true, exitStatus: 3 },
  /** Input data cannot be used: empty, malformed, or refused by a strict import. */
  BAD_DATA: { retryable: false, exposed: true, exitStatus: 4 },
  /** The database holds another data set than the one asked for. */
  DATASET_MISMATCH: { retryable: false, exposed: true, exitStatus: 5 },
  /** A model artifact is missing, truncated, altered, or does not belong to the data. */
  ARTIFACT_INVALID: { retryable: false, exposed: true, exitStatus: 6 },
  /** The machine is not as needed: port in use, home not writable, wrong Node version, disk full. */
  ENVIRONMENT: { retryable: false, exposed: true, exitStatus: 7 },
  /** A service that this process depends on does not answer. */
  UPSTREAM_UNAVAILABLE: { retryable: true, exposed: true, exitStatus: 8 },
  /** The database answers, but writes nothing just now: it is read-only, full, or its user may not. Reading goes on. */
  WRITES_REFUSED: { retryable: true, exposed: true, exitStatus: 15 },
  /** A model was trained, but is not good enough to be published. */
  QUALITY_GATE: { retryable: false, exposed: true, exitStatus: 9 },
  /** Somebody else changed the same thing meanwhile; the message says what there is now. */
  CONFLICT: { retryable: true, exposed: true, exitStatus: 13 },
  /** The user or the operating system asked the process to stop before it had finished. */
  INTERRUPTED: { retryable: true, exposed: true, exitStatus: 130 },
  /** A bug. The message never reaches a client. */
  INTERNAL_SERVER_ERROR: { retryable: false, exposed: false, exitStatus: 70 },
} as const satisfies Record<string, { retryable: boolean; exposed: boolean; exitStatus: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An expected failure: a stable code, and a message that says what happened and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** A command's result, printed before, tells this failure too. */
  readonly isInResult: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    { isInResult = false, ...options }: { cause?: unknown; isInResult?: boolean } = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.isInResult = isInResult;
  }
}

/** True for the expected failure of a service that does not answer. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'UPSTREAM_UNAVAILABLE';
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}

/** The operating system's code of a failed system call (`ENOENT`, `EADDRINUSE`, …), where there is one. */
export function systemErrorCode(error: unknown): string | undefined {
  return isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True for an error of this realm or another (worker, test sandbox). */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}
