/**
 * Loaded before the server in every one of its threads: writes, four times a second, how late the thread's event loop came round, by
 * `monitorEventLoopDelay`, and each time that it came very late: how long it worked, apart from collecting garbage and from waiting for a
 * core. Plain JavaScript, since the server runs without a loader of TypeScript.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';
import { isMainThread, threadId, workerData } from 'node:worker_threads';

const folder = process.env.LOOP_PROBE_DIR;
if (folder === undefined) throw new Error('LOOP_PROBE_DIR is not set');

const WINDOW_MS = 250;
const TICK_MS = 10;
/** A turn of the loop that takes longer is looked at. */
const LONG_MS = 20;

const role = isMainThread ? 'front' : workerData?.thread ? `thread ${workerData.thread}` : 'preparation';
const file = join(folder, `${role.replace(' ', '-')}-${threadId}.jsonl`);
const write = (line) => appendFileSync(file, `${JSON.stringify({ role, ...line })}\n`);
const wallClock = (at) => performance.timeOrigin + at;

const histogram = monitorEventLoopDelay({ resolution: TICK_MS });
histogram.enable();
setInterval(() => {
  const beyond = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - TICK_MS);
  if (histogram.count > 0)
    write({
      kind: 'delay',
      at: Date.now(),
      p99: beyond(histogram.percentile(99)),
      max: beyond(histogram.max),
    });
  histogram.reset();
}, WINDOW_MS).unref();

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries())
    write({ kind: 'gc', at: wallClock(startTime + duration), ms: duration });
}).observe({ entryTypes: ['gc'] });

let before = performance.now();
let waitedBefore = waitedMs();
setInterval(() => {
  const now = performance.now();
  const waited = waitedMs();
  const late = now - before - TICK_MS;
  if (late > LONG_MS)
    write({
      kind: 'long',
      at: wallClock(now),
      from: wallClock(before),
      ms: late,
      waited: waited - waitedBefore,
    });
  before = now;
  waitedBefore = waited;
}, TICK_MS).unref();

/** Milliseconds that this thread was ready and had no core, since it began; 0 where the system does not tell. */
function waitedMs() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
