import { createLogger, messageOf, type Config } from '@pocketrocket/runtime';
import { createTmdbClient } from '../../tmdb/tmdbClient.ts';
import { about, type Finding } from '../finding.ts';

const { ok, warn, fail } = about('tmdb');

/** Checks that TMDB answers and takes the key. */
export async function lookAtTmdb({ tmdbApiKey: key, tmdbUrl: origin }: Config): Promise<Finding> {
  if (key === null) return ok('not used: TMDB_API_KEY is not set');
  const logger = createLogger({ level: 'silent', name: 'doctor', stream: process.stderr });
  const client = createTmdbClient({ origin, key, perSecond: 1, logger });
  try {
    const configuration = await client.get('/configuration');
    if (configuration === null)
      return fail(`${origin} does not answer as TMDB does`, 'check TMDB_URL: an origin, without a path');
    return ok(`${origin} answers, and takes the key`);
  } catch (error) {
    const reason = messageOf(error);
    return reason.includes('TMDB_API_KEY')
      ? fail(
          reason,
          'make a key at themoviedb.org/settings/api, and set it; films show without TMDB meanwhile',
        )
      : warn(reason, 'check that this machine may reach it; films show without TMDB meanwhile');
  } finally {
    await client.close();
  }
}
