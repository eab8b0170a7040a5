import { loadTensorFlow, type TensorFlow } from '@pocketrocket/model/tensorflow';
import { AppError, type Logger } from '@pocketrocket/runtime';
import type { LoadedModel } from '@pocketrocket/model';
import type { CandidateRanker } from '@pocketrocket/model';
import { logit } from '@pocketrocket/model';
import { probeKnownIds, type KnownIds } from './savedModelIds.ts';
import { openSavedModel, type SavedModelScorer } from './savedModelScorer.ts';

export interface TfjsRanker extends CandidateRanker {
  close(): void;
}

/**
 * Opens the SavedModel that ranks in place of the published NeuralCF, by TensorFlow in this process.
 * @param savedModelDir holds `saved_model.pb`, or numbered versions of which the newest is taken
 * @returns null, and says so in the log, where TensorFlow's native library is absent
 * @param load where TensorFlow comes from
 * @throws AppError ARTIFACT_INVALID when there is no SavedModel that takes `userId` and `movieId`
 */
export async function openTfjsRanker(
  savedModelDir: string,
  logger: Logger,
  load: () => TensorFlow = loadTensorFlow,
): Promise<TfjsRanker | null> {
  const tf = loadOrExplain(load, logger);
  if (!tf) return null;
  const scorer = await openSavedModel(tf, savedModelDir);
  logger.info({ savedModelDir, tfjs: tf.version['tfjs-node'] }, 'a SavedModel ranks');
  return tfjsRanker(scorer, logger);
}

function loadOrExplain(load: () => TensorFlow, logger: Logger): TensorFlow | null {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.warn({ err: error }, `RANKER=tfjs is not possible, the engine ranks instead: ${error.message}`);
    return null;
  }
}

/** Scores by a SavedModel; whom or what it does not know is left to the retrieval order. */
export function tfjsRanker(scorer: SavedModelScorer, logger: Logger): TfjsRanker {
  const knownIds = new WeakMap<LoadedModel, KnownIds>();
  return {
    close: () => scorer.close(),
    async logits(model, { userId }, items) {
      const known = knownIdsOf(model);
      const userIndex = userId === null ? -1 : model.users.indexOf(userId);
      if (userId === null || known.users[userIndex] !== 1) return null;
      const scorable = items.filter((item) => known.movies[item] === 1);
      if (scorable.length === 0) return null;
      const probabilities = scorer.probabilities(
        new Int32Array(scorable.length).fill(userId),
        scorable.map((item) => model.items.externalId(item)),
      );
      const scored = new Map(Array.from(scorable, (item, place) => [item, logit(probabilities[place] ?? 0)]));
      return withRetrievalOrder(Array.from(items, (item) => scored.get(item) ?? null));
    },
  };

  function knownIdsOf(model: LoadedModel): KnownIds {
    const before = knownIds.get(model);
    if (before) return before;
    const known = probeKnownIds(scorer, model.users.ids, model.items.ids);
    knownIds.set(model, known);
    const facts = {
      modelVersion: model.version,
      users: `${countOf(known.users)} of ${model.users.size}`,
      movies: `${countOf(known.movies)} of ${model.items.size}`,
    };
    if (known.problem === null) logger.info(facts, 'users and movies that the SavedModel knows');
    else logger.warn({ ...facts, problem: known.problem }, 'the SavedModel knows no user: retrieval ranks');
    return known;
  }
}

/**
 * Gives each candidate without a logit the one that stands, among those there are, where the candidate stands in the
 * retrieval order: then the model says nothing about it that retrieval has not said.
 * @param logits in retrieval's order, best first; null where the model does not know the movie
 */
export function withRetrievalOrder(logits: readonly (number | null)[]): Float32Array {
  const descending = logits.filter((value) => value !== null).sort((a, b) => b - a);
  const last = Math.max(1, logits.length - 1);
  return Float32Array.from(logits, (value, place) => {
    if (value !== null) return value;
    return descending[Math.round((place / last) * (descending.length - 1))] ?? 0;
  });
}

function countOf(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}
