import { clearTrainingProgress, writeTrainingProgress } from '@pocketrocket/model/artifact';
import type { Progress, ProgressStage } from '@pocketrocket/runtime';

const WRITE_EVERY_MS = 500;

/**
 * Runs work whose progress other processes see in the model directory's note while it lasts, beside where it is shown.
 *
 * The note names the stage that moved last; fits run side by side.
 */
export async function withTrainingProgress<Result>(
  modelDir: string,
  shown: Progress,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const startedAt = new Date().toISOString();
  let lastWrittenAt = -Infinity;
  let writing = Promise.resolve();

  const note = (stage: string, stageStartedAt: string, done: number, total: number): void => {
    if (performance.now() - lastWrittenAt < WRITE_EVERY_MS) return;
    lastWrittenAt = performance.now();
    const updatedAt = new Date().toISOString();
    writing = writing.then(() =>
      writeTrainingProgress(modelDir, {
        pid: process.pid,
        ...{ stage, done, total, startedAt, stageStartedAt, updatedAt },
      }),
    );
    // Awaited below; a failure must not count as unhandled until then.
    writing.catch(() => undefined);
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
    const result = await work(progress);
    await writing;
    return result;
  } finally {
    await writing.catch(() => undefined);
    await clearTrainingProgress(modelDir);
  }
}
