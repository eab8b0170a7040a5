/** A process of one task: frames come on stdin, answers go to stdout, stderr is its log. */
import { Console } from 'node:console';
import { FAILED_STATUS } from '../tasks/protocol.ts';
import { frameParts } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import { serveTask } from './serveTask.ts';

const parentPid = process.ppid;

// A library that greets on stdout would break the frames.
globalThis.console = new Console(process.stderr, process.stderr);
// A terminal sends its interrupt to every process of the command; the parent decides what it means.
process.on('SIGINT', () => undefined);

function answer(frame: Frame): void {
  // A fit never returns to the event loop: only here can it notice that nobody waits for it any more.
  if (process.ppid !== parentPid) process.kill(process.pid);
  for (const part of frameParts(frame)) process.stdout.write(part);
}

if (!(await serveTask(process.stdin, answer))) process.exitCode = FAILED_STATUS;
