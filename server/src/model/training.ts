import { readTrainingProgress, type TrainingProgress } from '@pocketrocket/model/artifact';
import type { Training } from '@pocketrocket/schema';
import type { HeardTraining } from './heardTraining.ts';
import type { ModelProvider } from './modelWatcher.ts';

export interface TrainingDeps {
  models: ModelProvider;
  /** The folder in which a trainer notes its progress. */
  modelDir: string;
  /** The training that runs elsewhere; null or absent without Redis. */
  heardTraining?: Pick<HeardTraining, 'current'> | null | undefined;
}

/** The training as it stands. */
export async function readTraining({ models, modelDir, heardTraining }: TrainingDeps): Promise<Training> {
  const progress = (await readTrainingProgress(modelDir)) ?? heardTraining?.current() ?? null;
  const version = models.state().model?.version ?? null;
  return trainingOf(progress, version === null ? null : String(version));
}

/** The training as its note tells it. Shares are of hundredths, so that a subscriber hears of each once. */
export function trainingOf(progress: TrainingProgress | null, modelVersion: string | null): Training {
  if (!progress) return { isRunning: false, stage: null, share: null, secondsLeft: null, modelVersion };
  const { stage, done, total } = progress;
  const share = total > 0 ? Math.floor((100 * Math.min(done, total)) / total) / 100 : null;
  return { isRunning: true, stage, share, secondsLeft: secondsLeft(progress), modelVersion };
}

/** At the pace of the stage so far. */
function secondsLeft({ done, total, stageStartedAt, updatedAt }: TrainingProgress): number | null {
  if (stageStartedAt === undefined || done <= 0 || total <= 0) return null;
  const elapsedMs = Date.parse(updatedAt) - Date.parse(stageStartedAt);
  return Math.max(0, Math.ceil((elapsedMs * (total - done)) / done / 1000));
}
