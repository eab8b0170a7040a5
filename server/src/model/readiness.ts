import { readTrainingProgress, type TrainingProgress } from '@pocketrocket/model/artifact';
import type { ModelProvider } from './modelWatcher.ts';
import { publicReason } from './publicReason.ts';

/** Readiness to serve a trained model, with what is missing. */
export interface Readiness {
  ready: boolean;
  /** Name of the data set; null while the database is empty. */
  dataset: string | null;
  /** Version of the model that serves; null without one. */
  modelVersion: number | null;
  /** The missing part, or why the published model is not the one that serves; null when all is well. */
  problem: string | null;
  /** Why the ranker that was asked for does not rank, so that the engine does; null when all is well. */
  rankerProblem: string | null;
  /** The version that TensorFlow Serving ranks with; null where it does not, or is not asked for. */
  rankerVersion: number | null;
  /** Why the database cannot be read, so that most queries fail; null when all is well. */
  databaseProblem: string | null;
  /** Why the database takes no writes, while reading goes on; null when it does. */
  writeProblem: string | null;
  /** Why Redis does not do its part, so that this server does without; null when all is well, or without Redis. */
  redisProblem: string | null;
  /** Progress of a running trainer; null when none runs. */
  training: Omit<TrainingProgress, 'pid'> | null;
}

export async function readReadiness(deps: {
  models: ModelProvider;
  modelDir: string;
  datasetName(): string | null;
  rankerProblem?(): string | null;
  rankerVersion?(): number | null;
  databaseProblem?(): string | null;
  writeProblem?(): string | null;
  redisProblem?(): string | null;
  /** True once the server was told to stop. */
  isStopping?(): boolean;
}): Promise<Readiness> {
  const { model, problem } = deps.models.state();
  const isStopping = deps.isStopping?.() ?? false;
  const progress = await readTrainingProgress(deps.modelDir);
  return {
    ready: model !== null && !isStopping,
    dataset: deps.datasetName(),
    modelVersion: model?.version ?? null,
    problem: isStopping ? 'the server is stopping' : problem,
    rankerProblem: told(deps.rankerProblem?.()),
    rankerVersion: deps.rankerVersion?.() ?? null,
    databaseProblem: told(deps.databaseProblem?.()),
    writeProblem: told(deps.writeProblem?.()),
    redisProblem: told(deps.redisProblem?.()),
    training: progress && withoutPid(progress),
  };
}

function told(problem: string | null | undefined): string | null {
  return problem ? publicReason(problem) : null;
}

function withoutPid({ pid: _pid, ...progress }: TrainingProgress): Omit<TrainingProgress, 'pid'> {
  return progress;
}
