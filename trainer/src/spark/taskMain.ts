/** A process of one task: frames come on stdin, answers go to stdout, stderr is its log. */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FAILED_STATUS } from '../tasks/protocol.ts';
import { frameParts } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import { serveTask } from './serveTask.ts';

const WATCH_EVERY_MS = 500;
/** In a thread of its own: a fit never returns to the event loop, where it could notice that nobody waits for it any more. */
const END_WITH_PARENT = `
  const { workerData: { parent, everyMs } } = require('node:worker_threads');
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, everyMs);
`;
new Worker(END_WITH_PARENT, {
  eval: true,
  execArgv: [],
  workerData: { parent: process.ppid, everyMs: WATCH_EVERY_MS },
}).unref();

// A library that greets on stdout would break the frames.
globalThis.console = new Console(process.stderr, process.stderr);
// A terminal sends its interrupt to every process of the command; the parent decides what it means.
process.on('SIGINT', () => undefined);

function answer(frame: Frame): void {
  const { header, tensors } = frame;
  const told = header.kind === 'result' ? { ...header, peakBytes: peakBytes() } : header;
  for (const part of frameParts({ header: told, tensors })) process.stdout.write(part);
}

/** The most memory that this process has taken. */
function peakBytes(): number {
  // What `resourceUsage` says on Linux counts the process too from which this one was started, such as a worker of Spark.
  const [, kib] =
    process.platform === 'linux'
      ? (/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [])
      : [];
  return 1024 * (kib === undefined ? process.resourceUsage().maxRSS : Number(kib));
}

if (!(await serveTask(process.stdin, answer))) process.exitCode = FAILED_STATUS;
