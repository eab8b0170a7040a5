import { unwrapResolverError } from '@apollo/server/errors';
import { asUnavailable } from '@pocketrocket/schema/database';
import { AppError, ERROR_CODES, type ErrorCode } from '@pocketrocket/runtime';
import type { GraphQLFormattedError } from 'graphql';
import { mistakeOf } from './mistakes.ts';

/** Errors that GraphQL and Apollo Server raise about the request itself, with their meanings; their messages are for whoever sent it. */
export const REQUEST_ERROR_CODES: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'The HTTP request does not carry GraphQL; see the status.',
  BAD_USER_INPUT: ERROR_CODES.BAD_USER_INPUT.meaning,
  GRAPHQL_PARSE_FAILED: 'The query is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The query does not fit this schema.',
  OPERATION_RESOLUTION_FAILURE: 'There are several operations and no `operationName`, or an unknown one.',
  PERSISTED_QUERY_NOT_FOUND: 'The server does not know this hash: send the query along with it.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'The server keeps no queries: send them in full.',
  RATE_LIMITED: ERROR_CODES.RATE_LIMITED.meaning,
};

function isRequestErrorCode(code: unknown): boolean {
  return typeof code === 'string' && Object.hasOwn(REQUEST_ERROR_CODES, code);
}

/** Codes of `AppError` that blame the caller: no news for the log. */
const CALLER_ERROR_CODES: ReadonlySet<ErrorCode> = new Set([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'EMAIL_TAKEN',
  'RATE_LIMITED',
]);

/** Characters of a message in GraphQL.js' words, which quote what was sent. */
const MAX_QUOTING = 200;
/** Characters of what such a message quotes at once. */
const MAX_QUOTED = 60;

/** Formats an error for clients: message, place and a stable code; of a bug only that there was one. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, code } = exposed(formatted, originalOf(error));
  const { locations, path } = formatted;
  const retryable = isErrorCode(code) && ERROR_CODES[code].retryable;
  // By it and the price, programs know how much less to ask for.
  const maxCost = formatted.extensions?.['maxCost'];
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: {
      code,
      ...(retryable && { retryable }),
      ...(typeof maxCost === 'number' && { maxCost }),
    },
  };
}

/** True for errors that belong in the log in full: bugs and failures of this side, not the caller's mistakes. */
export function isOurFault(error: unknown): boolean {
  const original = originalOf(error);
  if (original instanceof AppError) return !CALLER_ERROR_CODES.has(original.code);
  if (mistakeOf(original)) return false;
  return !isRequestErrorCode(codeOf(original));
}

/** Unwraps an error that a resolver threw; an unavailable database becomes the expected failure that it is. */
function originalOf(error: unknown): unknown {
  return asUnavailable(unwrapResolverError(error));
}

function exposed(formatted: GraphQLFormattedError, original: unknown): { message: string; code: string } {
  if (original instanceof AppError && ERROR_CODES[original.code].exposed)
    return { message: original.message, code: original.code };
  const mistake = mistakeOf(original);
  if (mistake) return { code: mistake.code, message: shortened(mistake.message) };
  const code = formatted.extensions?.['code'];
  const isRequestError = !(original instanceof AppError) && isRequestErrorCode(codeOf(original));
  if (isRequestError && typeof code === 'string') return { message: shortened(formatted.message), code };
  return {
    message:
      'Something went wrong on the server; its log has the details under the x-request-id of this answer.',
    code: 'INTERNAL_SERVER_ERROR',
  };
}

/** A message that quotes no more of what was sent than a person needs. */
function shortened(message: string): string {
  if (message.length <= MAX_QUOTING) return message;
  const quoting = message.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) =>
    quoted.length <= MAX_QUOTED ? quoted : `${quoted.slice(0, MAX_QUOTED)}…"`,
  );
  return quoting.length <= MAX_QUOTING ? quoting : `${quoting.slice(0, MAX_QUOTING)}…`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

function codeOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('extensions' in error)) return undefined;
  const { extensions } = error;
  return typeof extensions === 'object' && extensions !== null && 'code' in extensions
    ? extensions.code
    : undefined;
}
