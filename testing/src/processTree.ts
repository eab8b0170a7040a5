import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A process of this machine. */
export interface FoundProcess {
  pid: number;
  /** The command line. */
  args: string;
}

/** Lists what processes have started, directly or by others that still run. */
export async function descendantsOf(...roots: readonly number[]): Promise<FoundProcess[]> {
  const rows = await allProcesses();
  const under = new Set(roots);
  for (let before = 0; before !== under.size;) {
    before = under.size;
    for (const { pid, parent } of rows) if (under.has(parent)) under.add(pid);
  }
  return rows.filter(({ pid }) => under.has(pid) && !roots.includes(pid));
}

/** Those of some processes that run. */
export async function runningOf(processes: readonly FoundProcess[]): Promise<FoundProcess[]> {
  const rows = await allProcesses();
  return processes.filter((one) => rows.some(({ pid, args }) => pid === one.pid && args === one.args));
}

/** All but those that have ended and that nobody has asked about. */
async function allProcesses(): Promise<(FoundProcess & { parent: number })[]> {
  const columns = ['-eww', '-o', 'pid=,ppid=,stat=,args='];
  const { stdout } = await promisify(execFile)('ps', columns, { maxBuffer: 2 ** 26 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (args === undefined || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), args }];
  });
}
