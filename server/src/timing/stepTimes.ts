import { inSpan } from '@pocketrocket/runtime';

/** The steps of a recommendation query, in their order; what is left of `answer` is HTTP, parsing, limits and the log. */
export const STEPS = [
  'body',
  'answer',
  'execute',
  'user',
  'profile',
  'retrieve',
  'rank',
  'refine',
  'explain',
  'send',
] as const;
type Step = (typeof STEPS)[number];

interface StepTime {
  count: number;
  /** Milliseconds between begin and end, of all together: with the waiting where a step waits. */
  totalMs: number;
}

const newTimes = () => new Map<Step, StepTime>(STEPS.map((step) => [step, { count: 0, totalMs: 0 }]));
const times = newTimes();
/** Of what was taken. */
const takenBefore = newTimes();

/**
 * Does the work of a step and counts how long it took, until its promise is fulfilled where it gives one; work that fails does not
 * count. Costs some tens of nanoseconds, and delays nothing. While tracing is on it is a span too; `answer` is its operation's.
 */
export function timed<T>(step: Step, work: () => T): T {
  const begunAt = performance.now();
  const result = step === 'answer' ? work() : inSpan(step, work);
  if (result instanceof Promise) result.then(() => count(step, begunAt), ignore);
  else count(step, begunAt);
  return result;
}

function ignore(): void {
  // Whoever waits for the work hears of its failure.
}

function count(step: Step, begunAt: number): void {
  const time = times.get(step);
  if (!time) return;
  time.count++;
  time.totalMs += performance.now() - begunAt;
}

/** The time of each step that ran. */
export type StepTimes = Partial<Record<Step, StepTime>>;

/** The times of several threads together, in the steps' order. */
export function sumOfStepTimes(all: readonly StepTimes[]): StepTimes {
  const sum: StepTimes = {};
  for (const step of STEPS)
    for (const { [step]: time } of all) {
      if (!time) continue;
      const { count: before, totalMs } = sum[step] ?? { count: 0, totalMs: 0 };
      sum[step] = { count: before + time.count, totalMs: totalMs + time.totalMs };
    }
  return sum;
}

/** Takes the time of each step since the last call, and begins anew. */
export function takeStepTimes(): StepTimes {
  const taken: StepTimes = {};
  for (const [step, time] of times) {
    if (time.count > 0) taken[step] = { ...time };
    add(takenBefore.get(step), time);
    time.count = 0;
    time.totalMs = 0;
  }
  return taken;
}

function add(sum: StepTime | undefined, { count: more, totalMs }: StepTime): void {
  if (!sum) return;
  sum.count += more;
  sum.totalMs += totalMs;
}

/** The time of each step since this thread began, whatever was taken meanwhile. */
export function stepTotals(): StepTimes {
  return sumOfStepTimes([Object.fromEntries(takenBefore), Object.fromEntries(times)]);
}
