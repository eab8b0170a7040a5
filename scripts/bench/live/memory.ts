import { setTimeout as sleep } from 'node:timers/promises';
import { lineThrough, type Slope } from '../soak/line.ts';
import { residentMegabytes } from '../soak/resident.ts';

const SAMPLE_MS = 5_000;
/** Not looked at: caches fill and code is compiled meanwhile. */
const SETTLING_SHARE = 0.25;
/** Growth per minute up to which memory counts as flat. */
const FLAT_MB_PER_MINUTE = 0.5;
const MINUTE_MS = 60_000;

export interface MemoryOptions {
  pid: number | undefined;
  /** Megabytes that its caches hold by now; they fill up to their bounds, which is no growth. */
  inCaches: () => Promise<number>;
  minutes: number;
  /** The work that goes on meanwhile, again and again. */
  round: () => Promise<unknown>;
  tell: (line: string) => void;
}

interface Sample {
  minute: number;
  resident: number;
  inCaches: number;
}

/**
 * Watches a process while something goes on. @returns what is wrong with its memory beside what its caches hold; empty where that stays
 * flat
 */
export async function watchMemory({ pid, inCaches, minutes, round, tell }: MemoryOptions): Promise<string> {
  const samples: Sample[] = [];
  const begunAt = performance.now();
  const minutesSince = () => (performance.now() - begunAt) / MINUTE_MS;
  const working = (async () => {
    while (minutesSince() < minutes) {
      await round();
      await sleep(0);
    }
  })();
  const sampling = (async () => {
    while (minutesSince() < minutes) {
      samples.push({ minute: minutesSince(), resident: residentMegabytes(pid), inCaches: await inCaches() });
      await sleep(SAMPLE_MS);
    }
  })();
  await Promise.all([working, sampling]);
  const settled = samples.filter(({ minute }) => minute >= SETTLING_SHARE * minutes);
  const line = lineThrough(settled.map((sample) => [sample.minute, sample.resident - sample.inCaches]));
  const [first, last] = [settled[0], settled.at(-1)];
  if (line === null || !first || !last) return `${minutes} minutes are too few to see a slope`;
  const fromTo = (of: 'resident' | 'inCaches') => `${first[of].toFixed(0)} to ${last[of].toFixed(0)} MB`;
  tell(
    `memory from minute ${first.minute.toFixed(0)} to ${minutes}: ${fromTo('resident')}, of which caches hold ${fromTo('inCaches')}; beside them ${inWords(line)}`,
  );
  return line.low > FLAT_MB_PER_MINUTE ? `memory grows by ${inWords(line)}` : '';
}

function inWords({ slope, low, high }: Slope): string {
  return `${slope.toFixed(3)} MB a minute (95% interval ${low.toFixed(3)} to ${high.toFixed(3)})`;
}
