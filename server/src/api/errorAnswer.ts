import { ERROR_CODES } from '@pocketrocket/runtime';
import type { ApiAnswer } from './apiPort.ts';

/** The text of an error of the transport, in the shape that GraphQL clients read. */
export function errorText(code: string, message: string): string {
  const retryable = Object.entries(ERROR_CODES).some(([known, traits]) => known === code && traits.retryable);
  return `${JSON.stringify({ errors: [{ message, extensions: { code, ...(retryable && { retryable }) } }] })}\n`;
}

/** An answer that is an error of the transport. */
export function errorAnswer(status: number, code: string, message: string): ApiAnswer {
  const headers = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store'];
  return { status, headers, body: new TextEncoder().encode(errorText(code, message)), outcome: {} };
}
