import { setTimeout } from 'node:timers/promises';

const ASK_EVERY_MS = 20;

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
  for (const deadline = Date.now() + withinMs; ; await setTimeout(ASK_EVERY_MS)) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
  }
}

function isThere<T>(answer: T): answer is Exclude<T, false | null | undefined> {
  return answer !== false && answer !== null && answer !== undefined;
}
