/**
 * Loaded before the server in every one of its threads: writes what the thread's memory consists of, a line every two seconds, and on
 * SIGUSR2 a snapshot of each thread's heap. While its folder holds a file `collect`, it collects the thread's garbage first, and writes a line
 * every ten seconds. Plain JavaScript, since the server runs without a loader of TypeScript.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

const EVERY_MS = 2_000;
const COLLECT_EVERY_MS = 10_000;
/** One thread after the other: a snapshot takes as much memory as the heap. */
const APART_MS = 10_000;

const folder = process.env.SOAK_MEMORY_DIR;
if (folder === undefined) throw new Error('SOAK_MEMORY_DIR is not set');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
let collectedAt = -Infinity;

setInterval(() => {
  if (existsSync(join(folder, 'collect'))) {
    if (performance.now() - collectedAt < COLLECT_EVERY_MS) return;
    collectGarbage();
    collectedAt = performance.now();
  }
  const { heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  const line = JSON.stringify({ at: Date.now(), heapUsed, heapTotal, external, arrayBuffers });
  appendFileSync(join(folder, `thread-${threadId}.jsonl`), `${line}\n`);
}, EVERY_MS).unref();

const channel = new BroadcastChannel('memory probe');
channel.unref();

async function writeSnapshot(label) {
  await wait(APART_MS * threadId);
  writeHeapSnapshot(join(folder, `${label}-thread-${threadId}.heapsnapshot`));
}

channel.onmessage = ({ data }) => void writeSnapshot(data);

if (isMainThread) {
  let taken = 0;
  process.on('SIGUSR2', () => {
    const label = String(++taken);
    channel.postMessage(label);
    void writeSnapshot(label);
  });
}
