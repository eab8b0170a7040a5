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
