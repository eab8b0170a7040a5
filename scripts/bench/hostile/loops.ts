import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of the probe that every thread of the server runs. */
type ProbeLine = { role: string; at: number } & (
  | { kind: 'delay'; p99: number; max: number }
  | { kind: 'gc'; ms: number }
  | { kind: 'long'; from: number; ms: number; waited: number }
);

/** The event loop of one thread over some time; milliseconds. */
export interface LoopOfThread {
  /** `front`, or `thread 1`. */
  role: string;
  /** Delays by `monitorEventLoopDelay`: the worst 99th percentile of a quarter of a second, and the longest. */
  p99: number;
  max: number;
  /** The longest turn less what of it was garbage collection or waiting for a core. */
  longestTask: number;
  longestCollection: number;
}

/** The event loops of all threads between two moments by `Date.now()`, the front's first. */
export async function loopsBetween(folder: string, from: number, to: number): Promise<LoopOfThread[]> {
  const loops: LoopOfThread[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ProbeLine)
      .filter(({ at }) => at >= from && at <= to);
    const [first] = lines;
    if (first) loops.push(loopOf(first.role, lines));
  }
  return loops;
}

function loopOf(role: string, lines: readonly ProbeLine[]): LoopOfThread {
  const loop: LoopOfThread = { role, p99: 0, max: 0, longestTask: 0, longestCollection: 0 };
  const collections = lines.filter((line) => line.kind === 'gc');
  for (const line of lines) {
    if (line.kind === 'delay') {
      loop.p99 = Math.max(loop.p99, line.p99);
      loop.max = Math.max(loop.max, line.max);
    } else if (line.kind === 'gc') loop.longestCollection = Math.max(loop.longestCollection, line.ms);
    else {
      const collecting = collections
        .filter(({ at }) => at > line.from && at <= line.at + 1)
        .reduce((sum, { ms }) => sum + ms, 0);
      loop.longestTask = Math.max(loop.longestTask, line.ms - line.waited - collecting);
    }
  }
  return loop;
}
