import { setTimeout } from 'node:timers/promises';

const TRY_EVERY_MS = 50;

/** Waits until something is so. @throws Error when it does not become so within ten seconds, or as many as given */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += TRY_EVERY_MS) {
    if (await isSo()) return;
    await setTimeout(TRY_EVERY_MS);
  }
  throw new Error(`it did not become so within ${withinMs} ms`);
}
