import { neuralCFLogits } from '@pocketrocket/engine';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { LoadedModel } from '@pocketrocket/model';
import type { CandidateRanker } from '@pocketrocket/model';
import { logit } from '@pocketrocket/model';
import type { Profile } from '@pocketrocket/model';
import { TfServingClient, type TfServingOptions } from './tfServingClient.ts';

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
  /** Milliseconds that TensorFlow Serving may take to load a version before it serves all the same, ranked by the engine. */
  waitMs: number;
}

/**
 * Ranks by TensorFlow Serving, with the version that this server's own artifact has: another version's scores would belong to
 * other vectors.
 */
export function openTfServingRanker(options: TfServingRankerOptions): TfServingRanker {
  const { logger, waitMs, lookEveryMs = 2_000 } = options;
  const client = new TfServingClient(options);
  let seen: { version: number; problem: string | null } | null = null;
  let looking: Promise<void> | null = null;
  /** The failure of the latest list; null where it succeeded. */
  let failure: string | null = null;
  let waiting: { version: number; sinceMs: number } | null = null;

  const pollVersion = (version: number): Promise<void> =>
    (looking ??= problemWith(client, version)
      .then((problem) => {
        if (problem !== seen?.problem || version !== seen.version) logVersionChange(logger, version, problem);
        seen = { version, problem };
      })
      .finally(() => (looking = null)));
  const timer = setInterval(() => {
    const version = options.currentVersion();
    if (version !== null) void pollVersion(version);
  }, lookEveryMs);
  timer.unref();

  return {
    problem: () => seen?.problem ?? failure,
    version: () => (seen?.problem === null && failure === null ? seen.version : null),
    async mayServe(version) {
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
      if (seen?.version !== model.version) {
        await looking;
        if (seen?.version !== model.version) await pollVersion(model.version);
      }
      const problem =
        seen?.version === model.version ? seen.problem : 'TensorFlow Serving has not reported its versions';
      if (problem !== null) throw new AppError('UPSTREAM_UNAVAILABLE', problem);
      try {
        const logits = await logitsFrom(client, model, profile, items);
        failure = null;
        return logits;
      } catch (error) {
        failure = messageOf(error);
        throw error;
      }
    },
  };
}

async function problemWith(client: TfServingClient, version: number): Promise<string | null> {
  try {
    const status = await client.statusOf(version);
    if (status?.state === 'AVAILABLE') return null;
    const reason = status ? [status.state, status.error].filter(Boolean).join(': ') : 'not there';
    return `TensorFlow Serving does not serve version ${version} (${reason})`;
  } catch (error) {
    return messageOf(error);
  }
}

function logVersionChange(logger: Logger, version: number, problem: string | null): void {
  if (problem === null) logger.info({ version }, 'TensorFlow Serving ranks');
  else logger.warn({ version, problem }, 'TensorFlow Serving does not rank: the engine does');
}

/** Movies that were not there at training are scored by the engine: TensorFlow knows nothing of them. */
async function logitsFrom(
  client: TfServingClient,
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
          ? client.predict(model.version, 'serving_default', { userId: [userId], movieId }, movieId.length)
          : client.predict(
              model.version,
              'user_vector',
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
