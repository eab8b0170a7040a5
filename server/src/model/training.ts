import type { Training } from '@pocketrocket/schema';
import { readTrainingProgress } from '@pocketrocket/model/artifact';
import type { ModelProvider } from './modelWatcher.ts';

export interface TrainingDeps {
  models: ModelProvider;
  modelDir: string;
}

/** The progress of a running trainer, beside the version that serves meanwhile. */
export async function readTraining({ models, modelDir }: TrainingDeps): Promise<Training> {
  const progress = await readTrainingProgress(modelDir);
  const { stage, done, total } = progress ?? { stage: null, done: 0, total: 0 };
  const version = models.state().model?.version ?? null;
  return {
    isRunning: progress !== null,
    stage,
    share: total > 0 ? Math.min(1, done / total) : null,
    secondsLeft: null,
    modelVersion: version === null ? null : String(version),
  };
}
