import { readdirSync, readFileSync } from 'node:fs';
import { TICKS_PER_SECOND } from '../serve/procStat.ts';

/** A process as `/proc` shows it. */
export interface ProcessLine {
  pid: number;
  parent: number;
  /** Such as `java`, `node` or `python3`. */
  command: string;
  /** Resident memory. */
  bytes: number;
  /** Used so far, by itself and by children that have ended. */
  cpuSeconds: number;
}

/** Resident memory of a training's processes, in bytes; pages that several share count for each of them. */
export interface Residents {
  /** The trainer, its Node processes included. */
  trainer: number;
  /** Python and JVM of Spark's driver. */
  driver: number;
  /** Of the executor that takes most: JVM, and the Python and Node processes of its tasks. */
  executor: number;
  executorJvm: number;
  executorPython: number;
  executorNode: number;
}

/** A training's processes at a moment. */
export interface Sample {
  /** By `Date.now()`. */
  at: number;
  residents: Residents;
  /** Of all of them, so far. */
  cpuSeconds: number;
}

/** Number, name in parentheses, which may hold blanks, and the other fields; those are counted from the state on. */
const STAT = /^(\d+) \((.*)\) (.*)$/s;
const PARENT = 1;
const CPU_TICKS = [11, 12, 13, 14] as const;
const RESIDENT_PAGES = 21;
const PAGE_BYTES = 4096;

/** All processes of this machine that can be read; none on systems without `/proc`. */
export function readProcesses(): ProcessLine[] {
  return readdirSync('/proc').flatMap((name): ProcessLine[] => {
    if (!/^\d+$/.test(name)) return [];
    const [, pid, command = '', rest = ''] = STAT.exec(readStat(name)) ?? [];
    const fields = rest.split(' ').map(Number);
    const field = (index: number) => fields[index] ?? 0;
    if (pid === undefined) return [];
    return [
      {
        pid: Number(pid),
        parent: field(PARENT),
        command,
        bytes: field(RESIDENT_PAGES) * PAGE_BYTES,
        cpuSeconds: CPU_TICKS.reduce((ticks, index) => ticks + field(index), 0) / TICKS_PER_SECOND,
      },
    ];
  });
}

/**
 * Adds up what a training takes.
 * @param trainer the trainer's process
 * @param workers those of the cluster's workers, whose children are the executors
 */
export function sampleOf(
  processes: readonly ProcessLine[],
  trainer: number,
  workers: readonly number[],
  at: number,
): Sample {
  const trees = treesOf(processes);
  const children = (pid: number) => processes.filter(({ parent }) => parent === pid);
  const ofTrainer = trees(trainer);
  const sum = (lines: readonly ProcessLine[], isOne: (line: ProcessLine) => boolean = () => true) =>
    lines.filter(isOne).reduce((total, { bytes }) => total + bytes, 0);
  const executors = workers
    .flatMap(children)
    .map(({ pid }) => trees(pid))
    .sort((a, b) => sum(b) - sum(a));
  const largest = executors[0] ?? [];
  const all = [ofTrainer, ...executors].flat();
  return {
    at,
    cpuSeconds: all.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
    residents: {
      trainer: sum(ofTrainer, isNode),
      driver: sum(ofTrainer, (line) => !isNode(line)),
      executor: sum(largest),
      executorJvm: sum(largest, ({ command }) => command === 'java'),
      executorPython: sum(largest, (line) => line.command !== 'java' && !isNode(line)),
      executorNode: sum(largest, isNode),
    },
  };
}

/** The greatest of each over the moments of a time; zeros where there are none. */
export function peakOf(samples: readonly Sample[], begin: number, end: number): Residents {
  const peak: Residents = {
    trainer: 0,
    driver: 0,
    executor: 0,
    executorJvm: 0,
    executorPython: 0,
    executorNode: 0,
  };
  for (const { at, residents } of samples) {
    if (at < begin || at > end) continue;
    for (const name of Object.keys(peak) as (keyof Residents)[])
      peak[name] = Math.max(peak[name], residents[name]);
  }
  return peak;
}

/** CPU seconds that all processes used within a time; what others used meanwhile does not count, whatever waits for it. */
export function cpuBetween(samples: readonly Sample[], begin: number, end: number): number {
  const until = (time: number) => samples.findLast(({ at }) => at <= time)?.cpuSeconds ?? 0;
  return until(end) - until(begin);
}

/** Node.js names its main thread in some versions. */
function isNode({ command }: ProcessLine): boolean {
  return command === 'node' || command === 'MainThread';
}

/** A process with all that descend from it. */
function treesOf(processes: readonly ProcessLine[]): (pid: number) => ProcessLine[] {
  const byParent = new Map<number, ProcessLine[]>();
  for (const line of processes) byParent.set(line.parent, [...(byParent.get(line.parent) ?? []), line]);
  const byPid = new Map(processes.map((line) => [line.pid, line]));
  return (pid) => {
    const root = byPid.get(pid);
    const found = root ? [root] : [];
    for (const line of found) found.push(...(byParent.get(line.pid) ?? []));
    return found;
  };
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // It has just ended.
    return '';
  }
}
