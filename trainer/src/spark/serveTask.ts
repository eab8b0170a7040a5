import { FitError, HistoryCollector, type EpochProgress } from '@pocketrocket/engine';
import { messageOf } from '@pocketrocket/runtime';
import { z } from 'zod';
import { startSchema } from '../tasks/protocol.ts';
import type { TaskFailure } from '../tasks/protocol.ts';
import { rowsIn } from '../tasks/rows.ts';
import { readFrames } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import { checked } from './task.ts';
import type { Task, Work } from './task.ts';

/** All tasks by the name that a start gives; a process does one, and loads no other. */
const TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  fit: async () => (await import('./fitTask.ts')).fitTask,
  count: async () => (await import('./countTask.ts')).countTask,
  merge: async () => (await import('./mergeTask.ts')).mergeTask,
  answer: async () => (await import('./users/answerTask.ts')).answerTask,
  alsStart: async () => (await import('./alsTasks.ts')).alsStartTask,
  alsGramian: async () => (await import('./alsTasks.ts')).alsGramianTask,
  alsHalfStep: async () => (await import('./alsTasks.ts')).alsHalfStepTask,
  lists: async () => (await import('./users/listsTask.ts')).listsTask,
  round: async () => (await import('./roundTask.ts')).roundTask,
  roundsModel: async () => (await import('./roundTask.ts')).roundsModelTask,
};

const sizesSchema = z.object({
  numItems: z.number().int().nonnegative(),
  numUsers: z.number().int().nonnegative().optional(),
  /** Of the ratings that will come, as far as known: then nothing is copied. */
  numRows: z.number().int().nonnegative().optional(),
});

/**
 * Does the task that the frames ask for, and hands over the answers: progress, then the result or why there is none.
 * @returns false for a task that failed
 */
export async function serveTask(
  source: AsyncIterable<Uint8Array>,
  answer: (frame: Frame) => void,
): Promise<boolean> {
  const onEpoch = (progress: EpochProgress): void =>
    answer({ header: { kind: 'progress', ...progress }, tensors: {} });
  try {
    const work = await readTask(source);
    answer({ header: { kind: 'result' }, tensors: await work(onEpoch) });
    return true;
  } catch (error) {
    answer({ header: { kind: 'failed', ...failureOf(error) }, tensors: {} });
    return false;
  }
}

/** Thrown for frames that are not as they must be. */
class BadRequest extends Error {}

function failureOf(error: unknown): TaskFailure {
  const isExpected = error instanceof FitError || error instanceof BadRequest;
  return { code: isExpected ? 'BAD_DATA' : 'INTERNAL', message: messageOf(error) };
}

type ReadTask = (onEpoch: (progress: EpochProgress) => void) => ReturnType<Work['run']>;

/** Reads the whole request; the work is still to do. @throws BadRequest */
async function readTask(source: AsyncIterable<Uint8Array>): Promise<ReadTask> {
  try {
    const frames = readFrames(source);
    const first = await frames.next();
    if (first.done) throw new RangeError('the task did not come');
    const { task: name, settings } = checked(startSchema, first.value.header);
    const { tensors } = first.value;
    const load = TASKS[name];
    if (!load) throw new RangeError(`no task ${name}: there are ${Object.keys(TASKS).join(', ')}`);
    const { run, add } = (await load()).prepare(settings, tensors);
    const { numItems, numUsers, numRows: numRatings } = checked(sizesSchema, settings);
    const collector = new HistoryCollector({ numItems, numUsers, numRatings });
    for await (const frame of frames) {
      const { kind } = frame.header;
      if (kind === 'end') {
        const histories = collector.build();
        return (onEpoch) => run({ tensors, histories }, onEpoch);
      }
      if (kind === 'rows') collector.add(rowsIn(frame, numItems));
      else if (kind === 'partial' && add) add(frame.tensors);
      else throw new RangeError(`a frame of kind ${kind}`);
    }
    throw new RangeError('the request was cut off: there was no end');
  } catch (error) {
    throw new BadRequest(messageOf(error), { cause: error });
  }
}
