import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EpochProgress, UserHistories } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import { endedEarly, type Exit } from '../processes/endedEarly.ts';
import { runnableModule } from '../processes/runnableModule.ts';
import { frameParts, readFrames } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { failedSchema, FAILED_STATUS, progressSchema } from './protocol.ts';
import type { TaskStart } from './protocol.ts';
import { rowFrames } from './rows.ts';

/** A task with all that it is given. */
export interface TaskRequest extends TaskStart {
  /** For every task of the kind alike. */
  readonly tensors: NamedTensors;
  /** The users that this one is about; none where left out. */
  readonly histories?: UserHistories;
  /** Results of other tasks, to be put together; none where left out. */
  readonly partials?: readonly NamedTensors[];
}

/**
 * Does a task in a process of its own, so that this one answers signals and several use several cores.
 * @returns the frame of its result
 * @throws AppError BAD_DATA where the data or the settings of the task are at fault, ENVIRONMENT where memory does not suffice;
 *   the signal's reason once it is aborted
 */
export async function runTask(
  request: TaskRequest,
  onEpoch: (progress: EpochProgress) => void,
  signal: AbortSignal,
): Promise<Frame> {
  signal.throwIfAborted();
  const { file, execArgv } = runnableModule('./spark/taskMain.ts');
  const child = spawn(process.execPath, [...execArgv, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = endOf(child, request.task);
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = answerOf(child.stdout, onEpoch).catch(async (error: unknown) => {
      // What ended the process says more than where its answer broke off.
      if (error instanceof RangeError) await ended;
      throw error;
    });
    const sent = pipeline(Readable.from(bytesOf(request)), child.stdin).catch(() => ended);
    const [result] = await Promise.all([answer, sent, ended]);
    if (!result) throw new Error(`${request.task} ended without a result`);
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** Resolves when the process has ended well. @throws AppError ENVIRONMENT where it was killed for lack of memory; Error where it ended otherwise, or could not be started */
async function endOf(child: ChildProcess, task: string): Promise<void> {
  const exit = (await once(child, 'exit')) as Exit;
  const [status, killedBy] = exit;
  if (killedBy !== null || (status !== 0 && status !== FAILED_STATUS)) throw endedEarly(task, exit);
}

function* bytesOf({ task, settings, tensors, histories, partials = [] }: TaskRequest): Generator<Uint8Array> {
  yield* frameParts({ header: { kind: 'start', task, settings }, tensors });
  if (histories) for (const frame of rowFrames(histories)) yield* frameParts(frame);
  for (const partial of partials) yield* frameParts({ header: { kind: 'partial' }, tensors: partial });
  yield* frameParts({ header: { kind: 'end' }, tensors: {} });
}

/** Reads a task's answers to the last; null where there was none. @throws AppError BAD_DATA, or an Error, for a task that failed */
async function answerOf(stdout: Readable, onEpoch: (progress: EpochProgress) => void): Promise<Frame | null> {
  for await (const frame of readFrames(stdout)) {
    const { header } = frame;
    if (header.kind === 'result') return frame;
    if (header.kind === 'failed') {
      const { code, message } = failedSchema.parse(header);
      throw code === 'BAD_DATA' ? new AppError(code, message) : new Error(message);
    }
    const { kind: _, ...progress } = progressSchema.parse(header);
    onEpoch(progress);
  }
  return null;
}
