import { AppError, messageOf } from '@pocketrocket/runtime';
import type { Failure, Reply } from './messages.ts';

export function failureOf(error: unknown): Failure {
  return {
    code: error instanceof AppError ? error.code : null,
    message: messageOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  };
}

/** The error as it was thrown in another thread. */
export function errorOf({ code, message, stack }: Failure): Error {
  const error = code ? new AppError(code, message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** @throws what the other side threw */
export function valueOf(reply: Reply): unknown {
  if ('failure' in reply) throw errorOf(reply.failure);
  return reply.value;
}

/** Runs a service for the other side. */
export async function replyOf(work: () => unknown): Promise<Reply> {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
