import { AppError } from '@pocketrocket/runtime';

/** As a process tells its end: its status, or the signal that ended it. */
export type Exit = [status: number | null, killedBy: NodeJS.Signals | null];

/** The kernel kills with the one where memory is short, V8 ends itself with the other where its heap is full. */
const LACKS_MEMORY: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGABRT'];

/** The error for a process of ours that ended before its work: AppError ENVIRONMENT where that is most often for lack of memory. */
export function endedEarly(work: string, [status, killedBy]: Exit): Error {
  if (LACKS_MEMORY.includes(killedBy)) {
    return new AppError(
      'ENVIRONMENT',
      `the process of ${work} was ended by ${String(killedBy)}, most often for lack of memory: ` +
        'let fewer run at the same time (--threads), or give this machine more',
    );
  }
  return new Error(`${work} ended early: ${killedBy ?? `status ${String(status)}`}`);
}
