import { extrapolate, growthOf, type Point } from './curve.ts';
import type { SparkStage } from './eventLog.ts';
import type { Residents } from './residents.ts';

/** A stage of a training with what it took. */
export interface MeasuredStage extends Omit<SparkStage, 'begin' | 'end'> {
  seconds: number;
  /** Of all processes of the training while it ran. */
  cpuSeconds: number;
  /** Resident memory at most while it ran. */
  peaks: Residents;
}

/** A training of one size. */
export interface MeasuredRun {
  ratings: number;
  users: number;
  items: number;
  /** From the command's start until the ratings were read. */
  untilReadSeconds: number;
  untilReadCpuSeconds: number;
  /** Of the whole command. */
  seconds: number;
  stages: MeasuredStage[];
}

const MEGABYTE = 2 ** 20;
const UNITS = { seconds: 's', cpuSeconds: 'CPU s' } as const;
const UNTIL_READ = { seconds: 'untilReadSeconds', cpuSeconds: 'untilReadCpuSeconds' } as const;

/** A table of one training: a line for each stage. */
export function runText(run: MeasuredRun): string {
  const count = (value: number) => value.toLocaleString('en');
  const title = `${count(run.ratings)} ratings, ${count(run.users)} users, ${count(run.items)} movies: read after ${run.untilReadSeconds.toFixed(1)} s (CPU ${run.untilReadCpuSeconds.toFixed(1)}), ended after ${run.seconds.toFixed(1)}`;
  const head = [
    'stage',
    ...['seconds', 'CPU s', 'task s', 'shuffle MB', 'spilled MB', 'driver heap', 'driver', 'trainer'],
    ...['exec. heap', 'exec. JVM', 'Python', 'Node', 'together'],
  ];
  const rows = run.stages.map((stage) => [
    stage.name,
    stage.seconds.toFixed(1),
    stage.cpuSeconds.toFixed(1),
    stage.taskSeconds.toFixed(1),
    ...[stage.shuffleBytes, stage.spilledBytes].map((bytes) => (bytes / MEGABYTE).toFixed(1)),
    ...[
      stage.driverHeapBytes,
      stage.peaks.driver,
      stage.peaks.trainer,
      stage.executorHeapBytes,
      stage.peaks.executorJvm,
      stage.peaks.executorPython,
      stage.peaks.executorNode,
      stage.peaks.executor,
    ].map(megabytes),
  ]);
  return `${title}\n${table([head, ...rows])}`;
}

/** Tells the growth of seconds and memory over trainings, and what they would be at other sizes. */
export function curveText(runs: readonly MeasuredRun[], sizes: readonly number[]): string {
  const names = [...new Set(runs.flatMap(({ stages }) => stages.map(({ name }) => name)))];
  const lines = (['seconds', 'cpuSeconds'] as const).flatMap((key): [string, Point[]][] => [
    ...names.map((name): [string, Point[]] => [
      `${name}, ${UNITS[key]}`,
      pointsOf(runs, (stage) => stage.name === name, key),
    ]),
    [`until the ratings were read, ${UNITS[key]}`, runs.map((run) => [run.ratings, run[UNTIL_READ[key]]])],
  ]);
  const head = ['stage', 'a million', 'beside before', ...sizes.map((size) => `at ${size}`)];
  const rows = lines.flatMap(([name, points]) => {
    const growth = growthOf(points);
    if (!growth) return [];
    const seconds = sizes.map((size) => extrapolate(points, size)?.toFixed(0) ?? '–');
    return [[name, growth.perMillion.toFixed(2), growth.againstBefore?.toFixed(2) ?? '–', ...seconds]];
  });
  if (rows.length === 0) return '';
  return [
    'growth between the two largest sizes, that beside the growth before, and seconds extrapolated, not measured:',
    table([head, ...rows]),
    `driver's peak: ${runs.map((run) => `${megabytes(most(run, ({ peaks }) => peaks.driver))} MB (heap ${megabytes(most(run, ({ driverHeapBytes }) => driverHeapBytes))})`).join(', ')}`,
    '',
  ].join('\n');
}

function pointsOf(
  runs: readonly MeasuredRun[],
  isOne: (stage: MeasuredStage) => boolean,
  key: 'seconds' | 'cpuSeconds',
): Point[] {
  return runs.flatMap(({ ratings, stages }): Point[] => {
    const own = stages.filter(isOne);
    return own.length > 0 ? [[ratings, own.reduce((total, stage) => total + stage[key], 0)]] : [];
  });
}

function most({ stages }: MeasuredRun, valueOf: (stage: MeasuredStage) => number): number {
  return Math.max(0, ...stages.map(valueOf));
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

/** Cells in columns, all but the first to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
