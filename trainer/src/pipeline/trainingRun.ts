import type { RecommenderModel } from '@pocketrocket/engine';
import type { Gate, ManifestDraft } from '@pocketrocket/model/artifact';
import type { Published } from '@pocketrocket/model/publication';
import type { Database, DatasetEntity } from '@pocketrocket/schema/database';
import type { Negatives } from './evaluation/evaluationTask.ts';
import type { Protocol } from './evaluation/protocols.ts';
import type { FitDeps } from './fitting/fitModels.ts';
import type { Recipe } from './fitting/recipe.ts';
import type { LossCurve } from './fitting/recordLosses.ts';
import type { Evaluation } from './stages/measureModels.ts';
import type { RunRatings } from './ratings/ratings.ts';

/** The stages of a run that can be asked for, in their order. */
export const TRAIN_STAGES = ['fit', 'evaluate', 'publish'] as const;
export type TrainStage = (typeof TRAIN_STAGES)[number];

export interface TrainRequest {
  recipe: Recipe;
  protocol: Protocol;
  negatives: Negatives;
  seed: number;
  /**
   * Stages asked for: `fit` fits and caches every model, `evaluate` measures, `publish` writes the version. What a
   * stage needs is done or taken from what was kept, also where it is not named.
   */
  only: readonly TrainStage[];
  /** Publish although the gate refuses. */
  isForced: boolean;
}

export interface TrainDeps extends FitDeps {
  database: Database;
  /** The model directory. */
  modelDir: string;
  /** Reads every rating of the data set. */
  readRatings(dataset: DatasetEntity): Promise<RunRatings>;
  /** Reads the current publication, on disk and in Redis. */
  readPublished(): Promise<Published>;
  /** Changes what is published, on disk and in Redis; see `changePublished`. */
  changePublished(
    before: Published,
    changeOnDisk: () => Promise<unknown>,
  ): Promise<{ redisProblem: string | null }>;
  /** Writes the report of what the run produced. */
  writeReport(run: FinishedTraining): Promise<unknown>;
  now(): Date;
}

export interface TrainResult {
  /** Null where nothing was to be written. */
  version: number | null;
  /** True where that version serves from now on; one that the gate refused is only written. */
  isPublished: boolean;
  /** Why Redis does not have what was published; null where it does, or where there is none. */
  redisProblem: string | null;
  /** Why there is no report; null where there is one, or where none was to be written. */
  reportProblem: string | null;
  /** Null where nothing was to be written. */
  manifest: ManifestDraft | null;
  /** Null where the data are too few to hold anything out. */
  evaluation: Evaluation | null;
}

/** Everything that a run which wrote a version knows of it: the material of its report. */
export interface FinishedTraining {
  version: number;
  manifest: ManifestDraft;
  /** On all of which the written model was fitted. */
  ratings: RunRatings;
  /** Null where nothing could be held out. */
  evaluation: Evaluation | null;
  gate: Gate;
  /** Why these models were chosen, one sentence each. */
  choices: readonly string[];
  lossCurves: readonly LossCurve[];
  model: RecommenderModel;
}
