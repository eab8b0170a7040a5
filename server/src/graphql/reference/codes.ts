import { ERROR_CODES, type ErrorCode } from '@pocketrocket/runtime';
import { REQUEST_ERROR_CODES } from '../apollo/errors.ts';
import { table } from './reference.ts';

/** The table of all error codes in Markdown: those of the API and of commands, and those of GraphQL itself. */
export function codesTable(): string {
  const own = (Object.keys(ERROR_CODES) as ErrorCode[]).map((code) => {
    const { meaning, retryable, exitStatus } = ERROR_CODES[code];
    return [`\`${code}\``, meaning, retryable ? 'later' : 'no', String(exitStatus)];
  });
  const ofRequests = Object.entries(REQUEST_ERROR_CODES)
    .filter(([code]) => !Object.hasOwn(ERROR_CODES, code))
    .map(([code, meaning]) => [`\`${code}\``, meaning, 'no', '']);
  return table(['`extensions.code`', 'meaning', 'try again', 'exit status'], [...own, ...ofRequests]);
}
