import { modelToTensors, type RecommenderModel } from '@pocketrocket/engine';
import {
  isRefusedByGate,
  ITEM_IDS,
  publishArtifact,
  publishVersion,
  USER_IDS,
  type ManifestDraft,
} from '@pocketrocket/model/artifact';
import type { Published } from '@pocketrocket/model/publication';
import { isUnavailable, messageOf, type Logger } from '@pocketrocket/runtime';
import { asUnavailable } from '@pocketrocket/schema/database';
import { refuseReplaced } from '../../data/database.ts';
import type { IdMaps } from '../../data/ratingTable.ts';
import { savedModelFiles } from '../../savedModel/neuralCFSavedModel.ts';
import type { TrainDeps } from '../trainingRun.ts';

export interface PublishInput {
  manifest: ManifestDraft;
  model: RecommenderModel;
  ids: IdMaps;
  /** Published when the run began. */
  published: Published;
}

/** A version that was written. */
export interface WrittenVersion {
  version: number;
  /** True where that version serves from now on; one that the gate refused is only written. */
  isPublished: boolean;
  /** Why Redis does not have what was published; null where it does, or where there is none. */
  redisProblem: string | null;
}

/**
 * Writes the version, and makes it the one that serves unless the gate refused it.
 * @throws AppError CONFLICT when another trainer has published meanwhile, or the data set was replaced: the version is written, but not published
 */
export async function publishModel(
  { manifest, model, ids, published }: PublishInput,
  deps: Pick<TrainDeps, 'database' | 'modelDir' | 'signal' | 'changePublished' | 'now'> & { logger: Logger },
): Promise<WrittenVersion> {
  const { modelDir } = deps;
  deps.signal.throwIfAborted();
  const externalIds = { userIds: ids.users.ids, movieIds: ids.items.ids };
  const version = await publishArtifact(
    modelDir,
    manifest,
    {
      ...modelToTensors(model),
      [ITEM_IDS]: { shape: [ids.items.size], data: ids.items.ids },
      [USER_IDS]: { shape: [ids.users.size], data: ids.users.ids },
    },
    savedModelFiles(model, externalIds, deps.logger),
  );
  if (isRefusedByGate(manifest)) return { version, isPublished: false, redisProblem: null };
  try {
    await refuseReplaced(
      deps.database,
      manifest.dataset.identity,
      `version ${version} is written, but not published; train again`,
    );
  } catch (thrown) {
    const error = asUnavailable(thrown);
    if (!isUnavailable(error)) throw error;
    // Servers ask for the model of their own data: one of others serves nowhere.
    deps.logger.warn(
      { reason: messageOf(error) },
      'published without asking whether the data set is still the same',
    );
  }
  // What another trainer published meanwhile was not what the gate compared with.
  const publish = () => publishVersion(modelDir, version, deps.now(), published.onDisk);
  const { redisProblem } = await deps.changePublished(published, publish);
  return { version, isPublished: true, redisProblem };
}
