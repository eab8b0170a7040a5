import { types } from 'node:util';

/**
 * The error codes: what each means, may the same call be tried again, may a client see the message, and the exit status of a command.
 * `npm run reference` prints them in docs/api.md.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: {
    meaning: "The caller's arguments are wrong; the message says what to change.",
    retryable: false,
    exposed: true,
    exitStatus: 2,
  },
  ANSWER_TOO_LARGE: {
    meaning: 'The answer would be longer than allowed; the message says what to ask for instead.',
    retryable: false,
    exposed: true,
    exitStatus: 2,
  },
  CONFIG_INVALID: {
    meaning: 'Settings from the environment are wrong; the message lists every problem.',
    retryable: false,
    exposed: true,
    exitStatus: 2,
  },
  UNAUTHENTICATED: {
    meaning: 'Nobody is signed in, or the sign-in has expired or is wrong.',
    retryable: false,
    exposed: true,
    exitStatus: 10,
  },
  FORBIDDEN: {
    meaning: 'Whoever is signed in may not do this.',
    retryable: false,
    exposed: true,
    exitStatus: 14,
  },
  EMAIL_TAKEN: {
    meaning: 'There is an account with this email address already.',
    retryable: false,
    exposed: true,
    exitStatus: 11,
  },
  RATE_LIMITED: {
    meaning:
      'The budget is used up (status 429), or there were too many attempts in a short time; the message says when the next may come.',
    retryable: true,
    exposed: true,
    exitStatus: 12,
  },
  NOT_FOUND: {
    meaning: 'The requested thing does not exist.',
    retryable: false,
    exposed: true,
    exitStatus: 3,
  },
  BAD_DATA: {
    meaning: 'Input data cannot be used: empty, malformed, or refused by a strict import.',
    retryable: false,
    exposed: true,
    exitStatus: 4,
  },
  DATASET_MISMATCH: {
    meaning: 'The database holds another data set than the one asked for.',
    retryable: false,
    exposed: true,
    exitStatus: 5,
  },
  ARTIFACT_INVALID: {
    meaning: 'A model artifact is missing, truncated, altered, or does not belong to the data.',
    retryable: false,
    exposed: true,
    exitStatus: 6,
  },
  ENVIRONMENT: {
    meaning: 'The machine is not as needed: port in use, home not writable, wrong Node version, disk full.',
    retryable: false,
    exposed: true,
    exitStatus: 7,
  },
  UPSTREAM_UNAVAILABLE: {
    meaning: 'A service that this process depends on does not answer.',
    retryable: true,
    exposed: true,
    exitStatus: 8,
  },
  WRITES_REFUSED: {
    meaning:
      'The database answers, but writes nothing just now: it is read-only, full, or its user may not. Reading goes on.',
    retryable: true,
    exposed: true,
    exitStatus: 15,
  },
  QUALITY_GATE: {
    meaning: 'A model was trained, but is not good enough to be published.',
    retryable: false,
    exposed: true,
    exitStatus: 9,
  },
  CONFLICT: {
    meaning: 'Somebody else changed the same thing meanwhile; the message says what there is now.',
    retryable: true,
    exposed: true,
    exitStatus: 13,
  },
  INTERRUPTED: {
    meaning: 'The user or the operating system asked the process to stop before it had finished.',
    retryable: true,
    exposed: true,
    exitStatus: 130,
  },
  INTERNAL_SERVER_ERROR: {
    meaning: 'A bug. The message never reaches a client.',
    retryable: false,
    exposed: false,
    exitStatus: 70,
  },
} as const satisfies Record<
  string,
  { meaning: string; retryable: boolean; exposed: boolean; exitStatus: number }
>;

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
