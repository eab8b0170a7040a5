import { randomUUID } from 'node:crypto';
import type { Config, Logger } from '@pocketrocket/runtime';
import type { ApolloApi } from './api/apolloApi.ts';
import { forgetListCounts } from './lists/listCounts.ts';
import { forgetShownCounts } from './lists/shownCounts.ts';
import type { ServerParts } from './openParts.ts';
import { forgetStepTimes } from './timing/stepTimes.ts';
import { askUntilSettled, type Settled } from './timing/settle.ts';

/** Users who are asked for in turn: more than the profile cache answers alone, so that folding in is warmed up too. */
const USERS = 200;
const TASTE_MOVIES = 8;
/** So many rounds before it there is no movie either. */
const LATE_YEAR = 9_000;
/** Nobody's: what is kept or counted by address is no client's. */
const OWN_ADDRESS = 'warm-up';

const FIELDS = `nodes { rank score sources movie { movieId title releaseYear genres { name } averageRating } reasons { weight movie { movieId title } } }
  served { modelVersion ranker degraded degradedReason }`;
const FOR_USER = `query WarmUp($userId: Int!, $filter: MovieFilter) { user(userId: $userId) { name recommendations(first: 20, filter: $filter) { ${FIELDS} } } }`;
const FOR_TASTE = `query WarmUpTaste($ratings: [RatingInput!]!, $filter: MovieFilter) { recommendFor(ratings: $ratings, first: 20, filter: $filter) { ${FIELDS} } }`;

interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/**
 * Makes lists as requests do, through all five steps, until they take no less time than before: compiled code, caches and connections are
 * then those of a server that has been running. What it did is in no metric. Does nothing without a model, or where the settings say so.
 * @param signal ends it, as the server's end does
 * @returns how much was asked; null where nothing was
 */
export async function warmUp(
  { api, parts, signal }: { api: ApolloApi; parts: ServerParts; signal: AbortSignal },
  { warmUpMs, requestTimeoutMs }: Pick<Config, 'warmUpMs' | 'requestTimeoutMs'>,
  logger: Logger,
): Promise<Settled | null> {
  const { model } = parts.models.state();
  if (warmUpMs === 0 || !model) return null;
  const operations = operationsOf(Array.from(model.users.ids), Array.from(model.items.ids));
  let place = 0;
  const ask = async () => {
    const { query, variables } = operations[place % operations.length] ?? {
      query: '{ __typename }',
      variables: {},
    };
    // Another filter in each round, none in the first one: a list of the same arguments may be kept.
    const round = Math.floor(place++ / operations.length);
    const filter = round === 0 ? null : { yearTo: LATE_YEAR - round };
    await api.handle({
      requestId: randomUUID(),
      method: 'POST',
      search: '',
      headers: ['content-type', 'application/json'],
      body: JSON.stringify({ query, variables: { ...variables, filter } }),
      address: OWN_ADDRESS,
      timeoutMs: requestTimeoutMs,
      isPassedOn: true,
    });
  };
  const settled = await askUntilSettled(ask, { maxMs: warmUpMs, isWanted: () => !signal.aborted });
  forgetStepTimes();
  forgetListCounts();
  forgetShownCounts();
  logger.info(settled, 'warm');
  return settled;
}

/** Lists of users all over the data, and one of somebody without an account after every third. */
function operationsOf(userIds: readonly number[], movieIds: readonly number[]): Operation[] {
  const spread = Math.max(1, Math.floor(userIds.length / USERS));
  const users = userIds.filter((_, index) => index % spread === 0).slice(0, USERS);
  return users.flatMap((userId, index) => {
    const ofUser = { query: FOR_USER, variables: { userId } };
    if (index % 3 !== 2) return [ofUser];
    const start = (index * TASTE_MOVIES) % Math.max(1, movieIds.length - TASTE_MOVIES);
    const rated = movieIds.slice(start, start + TASTE_MOVIES);
    const ratings = rated.map((movieId, rank) => ({ movieId, rating: 5 - (rank % 3) }));
    return [ofUser, { query: FOR_TASTE, variables: { ratings } }];
  });
}
