import {
  clearTrainingProgress,
  writeTrainingProgress,
  type TrainingProgress,
} from '@pocketrocket/model/artifact';
import type { TrainingNotes } from '@pocketrocket/model/redis';
import { messageOf, type Logger, type Progress, type ProgressStage } from '@pocketrocket/runtime';

const WRITE_EVERY_MS = 500;
/** Often enough that a note elsewhere outlives a stage that says nothing. */
const TELL_AGAIN_MS = 5_000;

interface ProgressDeps {
  config: { modelDir: string };
  /** Shows it to whoever started the training. */
  progress: Progress;
  logger: Pick<Logger, 'warn'>;
}

/**
 * Runs work whose progress other processes see in the model directory's note while it lasts, beside where it is shown.
 *
 * The note names the stage that moved last; fits run side by side. A training goes on where it cannot be written.
 * @param notes tell it to servers elsewhere; a training goes on where they fail
 */
export async function withTrainingProgress<Result>(
  { config: { modelDir }, progress: shown, logger }: ProgressDeps,
  work: (progress: Progress) => Promise<Result>,
  notes: Pick<TrainingNotes, 'write' | 'clear'> | null = null,
): Promise<Result> {
  const startedAt = new Date().toISOString();
  let lastWrittenAt = -Infinity;
  let writing = Promise.resolve();
  let isWarned = false;
  const warn = (error: unknown): void => {
    if (!isWarned)
      logger.warn({ reason: messageOf(error) }, 'others do not see the progress of this training');
    isWarned = true;
  };
  let last: TrainingProgress | null = null;
  let telling = Promise.resolve();
  let isTelling = false;

  /** One at a time: where Redis is slow, notes in between are passed over. */
  const tell = (): void => {
    if (!notes || !last || isTelling) return;
    isTelling = true;
    telling = notes
      .write(last)
      .catch(() => undefined)
      .finally(() => (isTelling = false));
  };
  const again = setInterval(tell, TELL_AGAIN_MS).unref();

  const note = (stage: string, stageStartedAt: string, done: number, total: number): void => {
    if (performance.now() - lastWrittenAt < WRITE_EVERY_MS) return;
    lastWrittenAt = performance.now();
    const updatedAt = new Date().toISOString();
    const noted = {
      pid: process.pid,
      ...{ stage, done, total, startedAt, stageStartedAt, updatedAt },
    };
    last = noted;
    writing = writing.then(() => writeTrainingProgress(modelDir, noted)).catch(warn);
    tell();
  };

  const progress: Progress = {
    stage(name, total, unit): ProgressStage {
      const stage = shown.stage(name, total, unit);
      const stageStartedAt = new Date().toISOString();
      note(name, stageStartedAt, 0, total);
      return {
        update(done, remark) {
          stage.update(done, remark);
          note(name, stageStartedAt, done, total);
        },
        finish: (remark) => stage.finish(remark),
      };
    },
    close: () => shown.close(),
  };

  try {
    return await work(progress);
  } finally {
    clearInterval(again);
    await writing;
    await clearTrainingProgress(modelDir).catch(warn);
    await telling;
    await notes?.clear().catch(() => undefined);
  }
}
