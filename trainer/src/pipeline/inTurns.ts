import { setImmediate } from 'node:timers/promises';
import type { Progress } from '@pocketrocket/runtime';

/** Users between two turns of the event loop. */
const USERS_PER_TURN = 32;

/** What work in turns is watched and stopped by. */
export interface TurnDeps {
  progress: Progress;
  signal: AbortSignal;
}

/** Lets the event loop turn once, in which signals are noticed. */
export async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Takes a few users at a time, with progress under a name; between them Ctrl-C is noticed. */
export async function inTurns<User>(
  name: string,
  users: readonly User[],
  take: (some: readonly User[]) => void,
  { progress, signal }: TurnDeps,
): Promise<void> {
  const stage = progress.stage(name, users.length, 'users');
  for (let start = 0; start < users.length; start += USERS_PER_TURN) {
    const some = users.slice(start, start + USERS_PER_TURN);
    take(some);
    stage.update(start + some.length);
    await turn(signal);
  }
  stage.finish();
}
