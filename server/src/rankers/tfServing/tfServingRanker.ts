import { neuralCFLogits } from '@pocketrocket/engine';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { LoadedModel } from '@pocketrocket/model';
import type { CandidateRanker } from '@pocketrocket/model';
import { logit } from '@pocketrocket/model';
import type { Profile } from '@pocketrocket/model';
import { ForeignLogits } from './foreignLogits.ts';
import { findServedModel, type ServedModel, type WantedVersion } from './servedModel.ts';
import { TfServingClient, TfServingRefusal, type TfServingOptions } from './tfServingClient.ts';

export interface TfServingRanker extends CandidateRanker {
  /** Why TensorFlow Serving does not rank just now; null where it does. */
  problem(): string | null;
  /** The version that TensorFlow Serving ranks with; null where it does not. */
  version(): number | null;
  /**
   * Decides whether a version may replace the one that serves: TensorFlow Serving says that it is available, or has let go of it,
   * or was waited for long enough. Asked until it is so.
   */
  mayServe(version: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface TfServingRankerOptions extends TfServingOptions {
  /** The version that is to be ranked with; null without a model. */
  currentVersion(): number | null;
  lookEveryMs?: number;
  /** `artifact` unless given. */
  wantedVersion?: WantedVersion;
  /** Milliseconds that TensorFlow Serving may take to load a version before it serves all the same, ranked by the engine. */
  waitMs: number;
}

/** After so many refusals in a row, of lists of any users, the model itself is at fault. */
const REFUSALS_TO_TELL = 3;

/**
 * Ranks by TensorFlow Serving: with the version that this server's own artifact has, as another version's scores would belong to other
 * vectors; or with a model that others made, in the version that is there.
 */
export function openTfServingRanker(options: TfServingRankerOptions): TfServingRanker {
  const { logger, waitMs, lookEveryMs = 2_000, wantedVersion = 'artifact' } = options;
  const client = new TfServingClient(options);
  const foreign = new ForeignLogits(client);
  /** The finding for the artifact of a version: the model to ask, or why there is none. */
  let seen: { artifact: number; found: ServedModel | string } | null = null;
  let looking: Promise<void> | null = null;
  /** The failure of the latest list; null where it succeeded. */
  let failure: string | null = null;
  let refusals = 0;
  let waiting: { version: number; sinceMs: number } | null = null;

  const look = (artifact: number): Promise<void> =>
    (looking ??= findServedModel(client, artifact, wantedVersion)
      .then((found) => {
        const isNew = artifact !== seen?.artifact || JSON.stringify(found) !== JSON.stringify(seen.found);
        // Another model may come to bear the number of one that is gone.
        if (isNew && seen && typeof seen.found !== 'string') client.forget(seen.found.version);
        if (isNew) logChange(logger, artifact, found);
        seen = { artifact, found };
      })
      .finally(() => (looking = null)));
  const timer = setInterval(() => {
    const version = options.currentVersion();
    if (version !== null) void look(version);
  }, lookEveryMs);
  timer.unref();

  const served = () => (seen && typeof seen.found !== 'string' ? seen.found : null);
  /** The model to ask for an artifact. @throws AppError UPSTREAM_UNAVAILABLE where there is none */
  const modelFor = async (artifact: number): Promise<ServedModel> => {
    if (seen?.artifact !== artifact) {
      await looking;
      if (seen?.artifact !== artifact) await look(artifact);
    }
    const found =
      seen?.artifact === artifact ? seen.found : 'TensorFlow Serving has not reported its versions';
    if (typeof found === 'string') throw new AppError('UPSTREAM_UNAVAILABLE', found);
    return found;
  };
  const noteFailure = (error: unknown, isForeign: boolean) => {
    refusals = error instanceof TfServingRefusal ? refusals + 1 : 0;
    // One user whom a model of others does not know is no fault of it.
    if (!isForeign || !(error instanceof TfServingRefusal) || refusals >= REFUSALS_TO_TELL)
      failure = messageOf(error);
  };

  return {
    problem: () => (typeof seen?.found === 'string' ? seen.found : failure),
    version: () => (failure === null ? (served()?.version ?? null) : null),
    async mayServe(version) {
      if (served()?.foreign) return true;
      if (waiting?.version !== version) waiting = { version, sinceMs: performance.now() };
      if (performance.now() - waiting.sinceMs >= waitMs) return true;
      const status = await client.statusOf(version).catch(() => null);
      // What was let go does not come back by itself; what could not be loaded may.
      return status?.state === 'AVAILABLE' || (status?.state === 'END' && status.error === null);
    },
    close() {
      clearInterval(timer);
      return client.close();
    },
    async logits(model, profile, items) {
      const { version, foreign: form } = await modelFor(model.version);
      try {
        const logits = form
          ? await foreign.logits({ version, form }, model, profile, items)
          : await logitsFrom(client, version, model, profile, items);
        failure = null;
        refusals = 0;
        return logits;
      } catch (error) {
        noteFailure(error, form !== null);
        throw error;
      }
    },
  };
}

function logChange(logger: Logger, artifact: number, found: ServedModel | string): void {
  if (typeof found === 'string')
    logger.warn({ version: artifact, problem: found }, 'TensorFlow Serving does not rank: the engine does');
  else
    logger.info(
      { version: artifact, served: found.version, foreign: found.foreign !== null },
      'TensorFlow Serving ranks',
    );
}

/** Movies that were not there at training are scored by the engine: TensorFlow knows nothing of them. */
async function logitsFrom(
  client: TfServingClient,
  version: number,
  model: LoadedModel,
  { userId, user }: Profile,
  items: Int32Array,
): Promise<Float32Array | null> {
  if (user.neuralCF === null || items.length === 0) return neuralCFLogits(model.recommender, user, items);
  const trained = items.filter((item) => item < model.numTrainedItems);
  const movieId = Array.from(trained, (item) => model.items.externalId(item));
  const isKnown = userId !== null && model.users.indexOf(userId) >= 0;
  const probabilities =
    movieId.length === 0
      ? new Float32Array(0)
      : await (isKnown
          ? client.predict(
              { version, signature: 'serving_default', output: null },
              { userId: [userId], movieId },
              movieId.length,
            )
          : client.predict(
              { version, signature: 'user_vector', output: null },
              { userVector: [Array.from(user.neuralCF)], movieId },
              movieId.length,
            ));
  const added = items.filter((item) => item >= model.numTrainedItems);
  const ofAdded = neuralCFLogits(model.recommender, user, added);
  let nextTrained = 0;
  let nextAdded = 0;
  return items.length === trained.length
    ? probabilities.map(logit)
    : Float32Array.from(items, (item) =>
        item < model.numTrainedItems
          ? logit(probabilities[nextTrained++] ?? 0)
          : (ofAdded?.[nextAdded++] ?? 0),
      );
}
