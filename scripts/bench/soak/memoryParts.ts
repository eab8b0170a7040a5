import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineThrough, type Slope } from './line.ts';

/** A line of the probe that every thread of the server runs. */
interface ProbeLine {
  /** Milliseconds, by `Date.now()`. */
  at: number;
  heapUsed: number;
  /** With the room that V8 keeps between what is used. */
  heapTotal: number;
  external: number;
  arrayBuffers: number;
}

/** The change of one part of a thread's memory, in MB a minute. */
export interface PartSlope extends Slope {
  /** Number of the thread; 0 is the front. */
  thread: number;
  part: 'heapUsed' | 'heapTotal' | 'external' | 'arrayBuffers';
  /** At the last measurement. */
  megabytes: number;
  /** When that was, by `Date.now()`. */
  until: number;
}

const PARTS = ['heapUsed', 'heapTotal', 'external', 'arrayBuffers'] as const;
const MEGABYTE = 1024 * 1024;

/**
 * Slopes of the parts of each thread's memory, the steepest first.
 * @param folder that the probes wrote into
 * @param since lines before this moment, by `Date.now()`, do not count
 */
export async function slopesOfParts(folder: string, since: number): Promise<PartSlope[]> {
  const slopes: PartSlope[] = [];
  for (const name of await readdir(folder)) {
    const thread = /^thread-(\d+)\.jsonl$/.exec(name)?.[1];
    if (thread === undefined) continue;
    const lines = linesOf(await readFile(join(folder, name), 'utf8')).filter(({ at }) => at >= since);
    for (const part of PARTS) {
      const slope = lineThrough(lines.map((line) => [line.at / 60_000, line[part] / MEGABYTE]));
      const last = lines.at(-1);
      if (slope && last)
        slopes.push({
          thread: Number(thread),
          part,
          megabytes: last[part] / MEGABYTE,
          until: last.at,
          ...slope,
        });
    }
  }
  return slopes.sort((a, b) => b.slope - a.slope);
}

function linesOf(text: string): ProbeLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ProbeLine);
}
