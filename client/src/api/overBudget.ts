import { ServerError } from '@apollo/client';
import { hasCode } from './errors.ts';

const MAX_TRIES = 40;
/** A visitor's budget comes back by the second. */
const PAUSE_SECONDS = 3;

/** True for a refusal because this visitor has had too much: as the API says it, or by its status alone. */
export const isOverBudget = (error: unknown): error is Error =>
  hasCode(error, 'RATE_LIMITED') || (ServerError.is(error) && error.statusCode === 429);

/** Asks again after a pause as long as the API has had too much of this visitor. @throws what `ask` throws besides, and at last */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!isOverBudget(error) || tries === MAX_TRIES) throw error;
      const wanted = ServerError.is(error) ? Number(error.response.headers.get('retry-after')) : 0;
      await new Promise((resolve) => setTimeout(resolve, (wanted || PAUSE_SECONDS) * 1000));
    }
  }
}
