/** The child process of `fitInChild`: takes one job, reports its epochs, sends the model, ends. */
import { FitError } from '@pocketrocket/engine';
import { messageOf } from '@pocketrocket/runtime';
import { fitHere } from './fitter.ts';
import type { FitJob, FitMessage } from './fitter.ts';

const parentPid = process.ppid;

process.once('message', (job: FitJob) => {
  // A model is too large for one write: the channel must stay open until it is through.
  process.send?.(outcomeOf(job), () => process.disconnect());
});
// A terminal sends its interrupt to every process of the command; the parent decides what it means.
process.on('SIGINT', () => undefined);

function outcomeOf(job: FitJob): FitMessage {
  try {
    const model = fitHere(job, (progress) => {
      // A fit never returns to the event loop: only here can it notice that nobody waits for it any more.
      if (process.ppid !== parentPid) process.kill(process.pid);
      const message: FitMessage = { kind: 'epoch', progress };
      process.send?.(message);
    });
    return { kind: 'fitted', model };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error), isExpected: error instanceof FitError };
  }
}
