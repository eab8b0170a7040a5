import type { DescribedMovie } from '@pocketrocket/model/publication';
import type { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import type { Config, Logger } from '@pocketrocket/runtime';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { HeardTraining } from './heardTraining.ts';
import { directorySource, type ModelSource } from './modelSource.ts';

/** The Redis that this server shares with others. */
export interface SharedRedis {
  link: RedisLink;
  store: RedisModelStore;
  /** The training that runs elsewhere. */
  training: HeardTraining;
  /** The beginning of the keys of counters that all servers share. @param purpose such as `sign-in` */
  prefixOf: (purpose: string) => string;
}

/**
 * Connects to the configured Redis, and waits for it no longer than it takes to know that it is away; null without one. Then no thread
 * holds the modules that speak with it.
 */
export async function openSharedRedis(config: Config, logger: Logger): Promise<SharedRedis | null> {
  const { redisUrl, modelName } = config;
  if (redisUrl === null) return null;
  const { counterPrefix, NOTE_LIVES_MS, RedisLink, RedisModelStore, TrainingNotes } =
    await import('@pocketrocket/model/redis');
  const link = new RedisLink({ url: redisUrl, name: 'pocketrocket-server', logger });
  await link.connected();
  const training = new HeardTraining(NOTE_LIVES_MS);
  // Not waited for: a Redis that is silent from here on keeps no server from starting.
  void training.listen(new TrainingNotes(link, modelName));
  return {
    link,
    training,
    store: new RedisModelStore(link, modelName),
    prefixOf: (purpose) => counterPrefix(modelName, purpose),
  };
}

/** The source of the server's models: Redis and the model directory, or the directory alone. */
export async function modelSourceOf(
  { modelDir }: Config,
  redis: SharedRedis | null,
  catalogue: () => Catalogue,
  logger: Logger,
): Promise<ModelSource> {
  if (!redis) return directorySource(modelDir);
  const { attributesOfMovies } = await import('@pocketrocket/model/publication');
  const { RedisSource } = await import('./redisSource.ts');
  const attributesOf = attributesOfMovies((movieId) => describedIn(catalogue(), movieId));
  return new RedisSource({ store: redis.store, modelDir, attributesOf, logger });
}

/** The facts that the vector set keeps of a movie; null for one that the catalogue lacks. */
export function describedIn(catalogue: Catalogue, movieId: number): DescribedMovie | null {
  const movie = catalogue.movie(movieId);
  if (!movie) return null;
  const isOfMovie = new Set(movie.genreIds);
  const genres = catalogue.genres.filter(({ genreId }) => isOfMovie.has(genreId)).map(({ name }) => name);
  return { releaseYear: movie.releaseYear, genres };
}
