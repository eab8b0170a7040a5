/**
 * Loaded into a server by `--import`: does to an API thread what a file tells, such as `2 hang` for the second one. Servers have no
 * such hook themselves.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';

const file = process.env['SABOTAGE_FILE'] ?? '';

const DEEDS = {
  /** An error that nobody catches. */
  throw() {
    throw new Error('sabotage');
  },
  /** A loop without an end. */
  hang() {
    for (;;);
  },
  /** More objects than the heap holds. */
  hoard() {
    const hoard = [];
    for (;;) hoard.push(new Array(1e5).fill(hoard.length));
  },
};

if (!isMainThread && workerData?.thread !== undefined)
  setInterval(() => {
    if (!existsSync(file)) return;
    const [thread, deed] = readFileSync(file, 'utf8').split(' ');
    if (Number(thread) !== workerData.thread) return;
    rmSync(file);
    DEEDS[deed]();
  }, 20).unref();
