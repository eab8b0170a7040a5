import { readFileSync } from 'node:fs';

/** CPU time and memory that a process has used so far. */
export interface Usage {
  cpuSeconds: number;
  /** Resident now, and at most so far. */
  megabytes: number;
  peakMegabytes: number;
}

/** Linux counts CPU time in hundredths of a second towards programs. */
export const TICKS_PER_SECOND = 100;

/** Reads a process's usage from `/proc`; null on systems other than Linux, and for a process that is gone. */
export function usageOf(pid: number | undefined): Usage | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    // The name, in parentheses, may hold blanks; user and system time are the 12th and 13th field after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      megabytes: megabytes('VmRSS'),
      peakMegabytes: megabytes('VmHWM'),
    };
  } catch {
    return null;
  }
}
