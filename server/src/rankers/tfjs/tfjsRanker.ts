import { loadTensorFlow, type TensorFlow } from '@pocketrocket/model/tensorflow';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { LoadedModel } from '@pocketrocket/model';
import type { CandidateRanker } from '@pocketrocket/model';
import { logit } from '@pocketrocket/model';
import { probeKnownIds, type KnownIds } from './savedModelIds.ts';
import { openSavedModel, savedModelFolder, type SavedModelScorer } from './savedModelScorer.ts';

export interface TfjsRanker extends CandidateRanker {
  /** Why it does not rank just now; null where it does. */
  problem(): string | null;
  close(): void;
}

/**
 * Opens the SavedModel that ranks in place of the published NeuralCF, by TensorFlow in this process. Where TensorFlow's native library is
 * absent or the SavedModel cannot be used, the ranker says so with each list, which the engine then ranks.
 * @param savedModelDir holds `saved_model.pb`, or numbered versions of which the newest is taken
 * @param load where TensorFlow comes from
 */
export async function openTfjsRanker(
  savedModelDir: string,
  logger: Logger,
  load: () => TensorFlow = loadTensorFlow,
): Promise<TfjsRanker> {
  const problems: string[] = [];
  const note = (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    problems.push(error.message);
    return null;
  };
  // Both are looked for: one is wrong with the other and without.
  const tf = loadedOrNull(load, note);
  await savedModelFolder(savedModelDir).catch(note);
  if (tf !== null && problems.length === 0) {
    const scorer = await openSavedModel(tf, savedModelDir).catch(note);
    if (scorer !== null) {
      logger.info({ savedModelDir, tfjs: tf.version['tfjs-node'] }, 'a SavedModel ranks');
      return tfjsRanker(scorer, logger);
    }
  }
  const problem = `RANKER=tfjs is not possible: ${problems.join('; ')}`;
  logger.warn({ problem }, 'a SavedModel was to rank: the engine does');
  return incapableRanker(problem);
}

function loadedOrNull(load: () => TensorFlow, note: (error: unknown) => null): TensorFlow | null {
  try {
    return load();
  } catch (error) {
    return note(error);
  }
}

/** A ranker that can only say why it does not rank. */
function incapableRanker(problem: string): TfjsRanker {
  return {
    problem: () => problem,
    close: () => {},
    logits: () => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', problem)),
  };
}

/** Scores by a SavedModel; whom or what it does not know is left to the retrieval order. */
export function tfjsRanker(scorer: SavedModelScorer, logger: Logger): TfjsRanker {
  const knownIds = new WeakMap<LoadedModel, KnownIds>();
  /** The failure of the latest list, or that no list can succeed. */
  let problem: string | null = null;
  return {
    problem: () => problem,
    close: () => scorer.close(),
    async logits(model, { userId }, items) {
      const known = knownIdsOf(model);
      problem = known.problem && `the SavedModel cannot rank: ${known.problem}`;
      if (problem !== null) throw new AppError('UPSTREAM_UNAVAILABLE', problem);
      const userIndex = userId === null ? -1 : model.users.indexOf(userId);
      if (userId === null || known.users[userIndex] !== 1) return null;
      const scorable = items.filter((item) => known.movies[item] === 1);
      if (scorable.length === 0) return null;
      const probabilities = ask(
        new Int32Array(scorable.length).fill(userId),
        scorable.map((item) => model.items.externalId(item)),
      );
      const scored = new Map(Array.from(scorable, (item, place) => [item, logit(probabilities[place] ?? 0)]));
      return withRetrievalOrder(Array.from(items, (item) => scored.get(item) ?? null));
    },
  };

  /** @throws AppError UPSTREAM_UNAVAILABLE where the model answers something else than probabilities, or not at all */
  function ask(userIds: Int32Array, movieIds: Int32Array): Float32Array {
    try {
      return scorer.probabilities(userIds, movieIds);
    } catch (error) {
      problem = `the SavedModel cannot rank: ${messageOf(error)}`;
      throw new AppError('UPSTREAM_UNAVAILABLE', problem, { cause: error });
    }
  }

  /** The ids that the model knows; where it answers no probabilities, nothing, and why. */
  function probed(model: LoadedModel): KnownIds {
    try {
      return probeKnownIds(scorer, model.users.ids, model.items.ids);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { users, items } = model;
      return {
        users: new Uint8Array(users.size),
        movies: new Uint8Array(items.size),
        problem: error.message,
      };
    }
  }

  function knownIdsOf(model: LoadedModel): KnownIds {
    const before = knownIds.get(model);
    if (before) return before;
    const known = probed(model);
    knownIds.set(model, known);
    const facts = {
      modelVersion: model.version,
      users: `${countOf(known.users)} of ${model.users.size}`,
      movies: `${countOf(known.movies)} of ${model.items.size}`,
    };
    if (known.problem === null) logger.info(facts, 'users and movies that the SavedModel knows');
    else logger.warn({ ...facts, problem: known.problem }, 'the SavedModel knows no user: the engine ranks');
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
