import { attributesOfMovies, type PublicationDeps } from '@pocketrocket/model/publication';
import { AppError } from '@pocketrocket/runtime';
import { readMovies } from '../../data/movies.ts';
import { withDatabase } from './context.ts';
import type { CommandRun } from './context.ts';

/** The name of trainers in Redis' list of clients. */
export const TRAINER_CLIENT = 'pocketrocket-trainer';

/** The deps of a command that publishes: movies' attributes for Redis are read from the configured database. */
export function publicationDeps(run: CommandRun): PublicationDeps {
  const { config, logger, progress } = run;
  return {
    config,
    logger,
    progress,
    clientName: TRAINER_CLIENT,
    async readAttributes() {
      const movies = await withDatabase(run, readMovies);
      return attributesOfMovies((movieId) => movies.get(movieId));
    },
  };
}

/** Ends a command whose work stands on disk alone, after its result was printed. @throws AppError UPSTREAM_UNAVAILABLE */
export function refuseToEndWithout(redisProblem: string | null): void {
  if (redisProblem === null) return;
  throw new AppError(
    'UPSTREAM_UNAVAILABLE',
    `the model directory is changed, but Redis is not: ${redisProblem}. Servers that read this directory serve the new version anyway and ` +
      'restore it in Redis once Redis answers; for servers without this directory, publish the version again then',
    { isInResult: true },
  );
}
