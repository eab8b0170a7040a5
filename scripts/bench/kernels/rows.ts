import { median } from '../median.ts';

/** One side of a comparison: how long it took for so much work, or why it was not measured. */
export type BenchSide =
  | { readonly name: string; readonly seconds: number }
  | { readonly name: string; readonly notMeasured: string };

/** One line of `npm run bench -- kernels`: the first side against the second, on the same work in the same run. */
export interface BenchRow {
  /** The subject with its sizes: "item2vec, dim 64, 1 thread". */
  readonly what: string;
  /** The work that either side did, with its unit: rates are printed as units a second. Milliseconds where left out. */
  readonly work?: { readonly amount: number; readonly unit: string };
  readonly sides: readonly [BenchSide, BenchSide];
  /** The first side should be this many times faster than the second. */
  readonly atLeast: number;
}

/**
 * Runs every side once to warm up, then `rounds` times in turn, so that what else the machine does falls on all alike.
 *
 * A side returns the seconds it took when it has a clock of its own (another process); else it is timed here.
 * @returns the median of each, in seconds; NaN for a side that is null, there being nothing to measure.
 */
export async function medianSeconds<Name extends string>(
  sides: Readonly<Record<Name, (() => unknown) | null>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const side = sides[name];
      if (!side) continue;
      const started = performance.now();
      const own = await side();
      const seconds = typeof own === 'number' ? own : (performance.now() - started) / 1000;
      if (round > 0) taken.get(name)?.push(seconds);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

/** The row as two lines: what, ratio and whether it is reached; then both sides. */
export function formatRow({ what, work, sides, atLeast }: BenchRow): string {
  const [first, second] = sides;
  const ratio = 'seconds' in first && 'seconds' in second ? second.seconds / first.seconds : null;
  const verdict =
    ratio === null ? '' : `${ratio.toFixed(2)}× (${ratio >= atLeast ? 'reached' : 'MISSED'}: ≥ ${atLeast}×)`;
  return `${what.padEnd(64)} ${verdict}\n    ${sides.map((side) => formatSide(side, work)).join('  |  ')}`;
}

function formatSide(side: BenchSide, work: BenchRow['work']): string {
  if ('notMeasured' in side) return `${side.name} not measured: ${side.notMeasured}`;
  if (!work) return `${side.name} ${(side.seconds * 1000).toFixed(3)} ms`;
  const rate = Math.round(work.amount / side.seconds).toLocaleString('en');
  return `${side.name} ${rate} ${work.unit}/s`;
}
