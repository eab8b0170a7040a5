import { setTimeout } from 'node:timers/promises';

const ASK_EVERY_MS = 20;
const ASK_AT_LEAST_EVERY_MS = 500;
/** Pauses by what an answer takes: asking takes the processors from what is waited for. */
const PAUSES = 3;

/**
 * Asks again and again until the answer is something other than false, null or undefined, and returns it.
 * @param what is waited for, as the error names it
 * @throws Error when it does not come within ten seconds, or as many milliseconds as given
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const askedAt = Date.now();
    const answer = await ask();
    if (isThere(answer)) return answer;
    const now = Date.now();
    if (now > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    const pauseMs = Math.min(PAUSES * (now - askedAt), ASK_AT_LEAST_EVERY_MS);
    await setTimeout(Math.max(pauseMs, ASK_EVERY_MS));
  }
}

function isThere<T>(answer: T): answer is Exclude<T, false | null | undefined> {
  return answer !== false && answer !== null && answer !== undefined;
}
