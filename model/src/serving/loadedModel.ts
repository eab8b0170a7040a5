import { IdMap, modelFromTensors, sharedBytesOf, weigh, type RecommenderModel } from '@pocketrocket/engine';
import { AppError, messageOf } from '@pocketrocket/runtime';
import {
  ITEM_IDS,
  servingSettingsSchema,
  USER_IDS,
  type Artifact,
  type Manifest,
} from '../artifact/manifest.ts';

/** A published model, ready to serve. */
export interface LoadedModel {
  version: number;
  manifest: Manifest;
  recommender: RecommenderModel;
  /** movieId by dense item row. */
  items: IdMap;
  /** Rows from here on are movies that nobody had rated at training: they are made of known ones like them. */
  numTrainedItems: number;
  /** userId by dense user row of those known at training. */
  users: IdMap;
}

/**
 * Makes an artifact ready to serve.
 * @throws AppError ARTIFACT_INVALID when its settings, ids or tensors are not what the models need
 */
export function toLoadedModel({ manifest, tensors }: Artifact): LoadedModel {
  const settings = servingSettingsSchema.safeParse(manifest.serving);
  if (!settings.success) {
    const wrong = settings.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
    throw invalid(
      manifest.version,
      `its serving settings are wrong, as those of another release are (${wrong}); train again: npm run trainer -- train`,
      settings.error,
    );
  }
  try {
    const recommender = modelFromTensors(tensors, settings.data);
    weigh(recommender, sharedBytesOf(recommender));
    return {
      version: manifest.version,
      manifest,
      items: toIdMap(tensors, ITEM_IDS, recommender.numItems),
      numTrainedItems: recommender.numItems,
      users: toIdMap(tensors, USER_IDS, recommender.neuralCF?.numUsers),
      recommender,
    };
  } catch (error) {
    throw invalid(manifest.version, messageOf(error), error);
  }
}

/**
 * Rows are numbered by ascending id on both sides; an artifact that numbers them otherwise would serve the wrong movies.
 * @param numRows how many the model has; left out where it has none to compare with
 */
function toIdMap(tensors: Artifact['tensors'], name: string, numRows?: number): IdMap {
  const ids = tensors[name]?.data;
  if (!(ids instanceof Int32Array)) throw new Error(`it has no ${name}`);
  if (numRows !== undefined && ids.length !== numRows)
    throw new Error(`it has ${ids.length} ${name} for ${numRows} rows`);
  try {
    return IdMap.fromAscending(ids);
  } catch (error) {
    throw new Error(`its ${name} are not distinct and ascending`, { cause: error });
  }
}

function invalid(version: number, what: string, cause?: unknown): AppError {
  return new AppError('ARTIFACT_INVALID', `model version ${version} cannot be used: ${what}`, { cause });
}
