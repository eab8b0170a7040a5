import { setImmediate } from 'node:timers/promises';
import type { Progress } from '@pocketrocket/runtime';

/** Users between two turns of the event loop. */
const USERS_PER_BATCH = 32;

/** Progress and stop signal of work in batches. */
export interface BatchDeps {
  progress: Progress;
  signal: AbortSignal;
}

/** Lets the event loop turn once, in which signals are noticed. */
export async function yieldToEvents(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Takes a few users at a time, with progress under a name; between them Ctrl-C is noticed. */
export async function inUserBatches<User>(
  name: string,
  users: readonly User[],
  take: (some: readonly User[]) => void,
  { progress, signal }: BatchDeps,
): Promise<void> {
  const stage = progress.stage(name, users.length, 'users');
  for (let start = 0; start < users.length; start += USERS_PER_BATCH) {
    const some = users.slice(start, start + USERS_PER_BATCH);
    take(some);
    stage.update(start + some.length);
    await yieldToEvents(signal);
  }
  stage.finish();
}
