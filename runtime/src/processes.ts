import { readFileSync, readlinkSync } from 'node:fs';
import { systemErrorCode } from './errors.ts';

/** True where a process of this number runs on this machine, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Alive, but another user's.
    return systemErrorCode(error) === 'EPERM';
  }
}

/** True where the process runs that had this number when it started; @param started as {@link startOfProcess} said then */
export function isSameProcess(pid: number, started: string | null): boolean {
  if (!isAlive(pid)) return false;
  const now = startOfProcess(pid);
  return started === null || now === null || now === started;
}

/** When the kernel started a process, in its own unit since the machine's; null where it does not say (other systems than Linux). */
export function startOfProcess(pid: number): string | null {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name, in brackets, may hold anything; the state is the first field after it, the start the twentieth.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** Tells containers apart whose machines bear one name; empty on other systems than Linux. */
export function processNamespace(): string {
  return orNull(() => readlinkSync('/proc/self/ns/pid')) ?? '';
}

function orNull<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}
