import { join } from 'node:path';
import type { Config, Logger } from '@pocketrocket/runtime';
import type { RedisLink } from '@pocketrocket/model/redis';
import { TmdbSource } from './filmSource.ts';
import { folderAnswers, redisAnswers } from './keptAnswers.ts';
import { KEPT_MS, Tmdb } from './tmdb.ts';
import { createTmdbClient } from './tmdbClient.ts';

/** Questions a second that all threads of a server ask together: TMDB takes about forty. */
const PER_SECOND = 24;
const MAX_FOLDER_BYTES = 128 * 1024 * 1024;

export interface TmdbPlace {
  /** Redis with the beginning of the names in it; null without one: then files are kept in the home. */
  redis: { link: RedisLink; prefix: string } | null;
  /** Threads that share the pace. */
  threads: number;
  /** Bytes of memory for this thread. */
  maxBytes: number;
  logger: Logger;
}

/** Opens TMDB for a server with a key. */
export function openTmdb(
  { tmdbUrl: origin, tmdbImageUrl, home }: Pick<Config, 'tmdbUrl' | 'tmdbImageUrl' | 'home'>,
  key: string,
  { redis, threads, maxBytes, logger }: TmdbPlace,
): TmdbSource {
  const client = createTmdbClient({ origin, key, perSecond: Math.max(2, PER_SECOND / threads), logger });
  const store = redis
    ? redisAnswers(redis.link, redis.prefix, KEPT_MS / 1_000)
    : folderAnswers(join(home, 'cache', 'tmdb'), MAX_FOLDER_BYTES, logger);
  return new TmdbSource(new Tmdb({ client, store, maxBytes, logger }), tmdbImageUrl);
}
