import { setTimeout as sleep } from 'node:timers/promises';
import { lineThrough, type Slope } from '../soak/line.ts';
import { residentMegabytes } from '../soak/resident.ts';

const SAMPLE_MS = 5_000;
/** Not looked at: caches fill and code is compiled meanwhile. */
export const SETTLING_SHARE = 0.25;
/** Growth per minute up to which memory counts as flat. */
const FLAT_MB_PER_MINUTE = 0.5;
const MINUTE_MS = 60_000;

export interface MemoryOptions {
  pid: number | undefined;
  minutes: number;
  /** The work that goes on meanwhile, again and again. */
  round: () => Promise<unknown>;
  tell: (line: string) => void;
}

/** Watches a process while something goes on. @returns what is wrong with its memory; empty where it stays flat */
export async function watchMemory({ pid, minutes, round, tell }: MemoryOptions): Promise<string> {
  const points: [minute: number, megabytes: number][] = [];
  const begunAt = performance.now();
  const minutesSince = () => (performance.now() - begunAt) / MINUTE_MS;
  const sampler = setInterval(() => points.push([minutesSince(), residentMegabytes(pid)]), SAMPLE_MS);
  try {
    while (minutesSince() < minutes) {
      await round();
      await sleep(0);
    }
  } finally {
    clearInterval(sampler);
  }
  const settled = points.filter(([minute]) => minute >= SETTLING_SHARE * minutes);
  const line = lineThrough(settled);
  if (line === null) return `${minutes} minutes are too few to see a slope`;
  const [first = NaN, last = NaN] = [settled[0]?.[1], settled.at(-1)?.[1]];
  tell(
    `memory from minute ${(SETTLING_SHARE * minutes).toFixed(0)} to ${minutes}: ${first.toFixed(0)} to ${last.toFixed(0)} MB, ${inWords(line)}`,
  );
  return line.low > FLAT_MB_PER_MINUTE ? `memory grows by ${inWords(line)}` : '';
}

/** A slope as benches tell it. */
export function inWords({ slope, low, high }: Slope): string {
  return `${slope.toFixed(3)} MB a minute (95% interval ${low.toFixed(3)} to ${high.toFixed(3)})`;
}
