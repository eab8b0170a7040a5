import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '@pocketrocket/runtime';
import type { Orders, Outcome } from './generator.ts';

export type { Orders, Outcome };

const GENERATOR = fileURLToPath(new URL('./generator.ts', import.meta.url));

/**
 * Runs the load generator in a process of its own.
 * @throws AppError BAD_DATA where an answer was not as expected, with the answer
 */
export async function generateLoad(orders: Orders): Promise<Outcome> {
  // The same loader of TypeScript as this process has.
  const child = fork(GENERATOR, {
    execArgv: process.execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const outcome = await new Promise<Outcome>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Outcome));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load generator ended with status ${code}`)));
    child.send(orders);
  });
  if (outcome.wrong !== null) throw new AppError('BAD_DATA', `not the expected answer: ${outcome.wrong}`);
  return outcome;
}

/** A POST of a GraphQL query as it goes over the wire. */
export function graphqlRequest(query: string, variables: Record<string, unknown>): string {
  const body = JSON.stringify({ query, variables });
  const length = Buffer.byteLength(body);
  return `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`;
}
