import { retrieveCandidates, topK, type FoldedUser } from '@pocketrocket/engine';
import { releaseOf } from '@pocketrocket/model/artifact';
import type { RedisModelStore, VectorsMeta } from '@pocketrocket/model/redis';
import { AppError, type Logger } from '@pocketrocket/runtime';
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import type { LoadedModel } from '@pocketrocket/model';
import type { AttributeFilter, VectorStore } from '@pocketrocket/model';

export interface RedisVectorStore extends VectorStore {
  /** Why Redis does not retrieve just now; null where it does, or was not asked yet. */
  problem(): string | null;
}

/** Milliseconds that the vector set may take for one list. */
const DEADLINE_MS = 250;
/** After so many failures in a row nothing is asked for a while. */
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 2_000;
/** Places that the search keeps an eye on per place that is asked for. */
const EFFORT_PER_PLACE = 2;
/** Beyond so many places a search takes longer than going through all that is eligible here. */
const MAX_COUNT = 4_000;

/**
 * Candidates by the vector set in Redis: the nearest to the user's recent taste by item2vec alone, which then all models score.
 * The filter is part of the search; seen movies are left out of more places than are needed, until enough remain.
 * @param deadlineMs how long the vector set may take for one search
 * @throws AppError UPSTREAM_UNAVAILABLE from `nearest` where Redis has no answer in time
 */
export function openRedisVectorStore(
  store: RedisModelStore,
  logger: Logger,
  deadlineMs = DEADLINE_MS,
): RedisVectorStore {
  let problem: string | null = null;
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  const metas = new Map<string, VectorsMeta>();

  const metaOf = async (release: string): Promise<VectorsMeta> => {
    const known = metas.get(release) ?? (await store.readVectorsMeta(release, deadlineMs));
    if (!known)
      throw new AppError('UPSTREAM_UNAVAILABLE', `Redis does not have the vector set of ${release}`);
    metas.set(release, known);
    return known;
  };

  const setProblem = (next: string | null): void => {
    if (next === problem) return;
    if (next === null) logger.info('Redis retrieves');
    else logger.warn({ problem: next }, 'Redis does not retrieve: this process does');
    problem = next;
  };

  return {
    problem: () => problem,
    async nearest(model, user, eligible, filter) {
      const release = releaseOf(model.manifest);
      try {
        const found = await breaker.execute(async () => {
          const meta = await metaOf(release);
          const search: Search = (query, count) =>
            store.nearest(release, meta, query, {
              count,
              effort: EFFORT_PER_PLACE * count,
              filter: expressionOf(filter),
              timeoutMs: deadlineMs,
            });
          return nearestItems(model, user, eligible, search);
        });
        setProblem(null);
        return retrieveCandidates(model.recommender, user, found);
      } catch (error) {
        metas.delete(release);
        if (error instanceof BrokenCircuitError) {
          const reason = problem ?? 'Redis failed several times in a row';
          throw new AppError('UPSTREAM_UNAVAILABLE', reason, { cause: error });
        }
        if (error instanceof AppError) setProblem(error.message);
        throw error;
      }
    },
  };
}

/** The movies of largest inner product with a query, best first; fewer than asked for where no more pass the filter. */
type Search = (query: Float32Array, count: number) => Promise<{ movieIds: Int32Array }>;

/**
 * The filter over a vector set's attributes; undefined where everything passes. Conditions on ratings are not among them: these
 * change with every rating, and the set does not.
 * Source: the filter expressions of Redis' VSIM.
 */
export function expressionOf(filter: AttributeFilter | undefined): string | undefined {
  if (!filter) return undefined;
  const has = (genre: string) => `${JSON.stringify(genre)} in .genres`;
  const conditions = [
    ...(filter.genres.length > 0 ? [`(${filter.genres.map(has).join(' or ')})`] : []),
    ...filter.excludeGenres.map((genre) => `not (${has(genre)})`),
    ...(filter.yearFrom === null ? [] : [`.year >= ${filter.yearFrom}`]),
    ...(filter.yearTo === null ? [] : [`.year <= ${filter.yearTo}`]),
  ];
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}

/**
 * The eligible items of largest inner product with the user's recent taste, as many as the model takes as candidates.
 * @returns [numItems], 1 for each of them; the mask given where these are all that are eligible
 */
export async function nearestItems(
  { recommender, items, numTrainedItems }: LoadedModel,
  user: FoldedUser,
  eligible: Uint8Array,
  search: Search,
): Promise<Uint8Array> {
  const { numCandidates } = recommender.settings;
  const query = user.item2vecRecent;
  const here = (mask: Uint8Array, count: number) =>
    count <= numCandidates ? mask : bestOf(recommender, query, mask);
  const numEligible = countOf(eligible.subarray(0, numTrainedItems));
  const numAdded = countOf(eligible.subarray(numTrainedItems));
  const wanted = Math.min(numCandidates, numEligible);
  // A taste without a direction is near to nothing, and the set knows no inner product with it.
  if (wanted === 0 || query.every((value) => value === 0)) return here(eligible, numEligible + numAdded);

  for (let count = wanted + user.items.length; count <= MAX_COUNT; count *= 2) {
    const { movieIds } = await search(query, Math.min(count, numTrainedItems));
    const mask = new Uint8Array(eligible.length);
    let found = 0;
    for (const movieId of movieIds) {
      const item = items.indexOf(movieId);
      if (item < 0 || eligible[item] === 0) continue;
      mask[item] = 1;
      found++;
    }
    if (found >= wanted) {
      // Movies that came after training are not in the set.
      mask.set(eligible.subarray(numTrainedItems), numTrainedItems);
      return here(mask, found + numAdded);
    }
    // No more pass the filter, so far as the search sees.
    if (movieIds.length < count) break;
  }
  return here(eligible, numEligible + numAdded);
}

/** Of the items of a mask, [numItems], the `numCandidates` of largest inner product with the query, as a new mask. */
function bestOf(
  { item2vec, settings }: LoadedModel['recommender'],
  query: Float32Array,
  mask: Uint8Array,
): Uint8Array {
  const { items } = topK(query, item2vec.outVectors, item2vec.dim, settings.numCandidates, mask);
  const best = new Uint8Array(mask.length);
  for (const item of items) best[item] = 1;
  return best;
}

function countOf(mask: Uint8Array): number {
  return mask.reduce((sum, one) => sum + one, 0);
}
