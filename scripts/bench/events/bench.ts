import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@pocketrocket/runtime';
import { built, ROOT } from '../../lib/processes.ts';
import { startReadyServer, type Environment } from '../../topology/processes.ts';
import { embeddedEnvironment, NO_SYNTHETIC, prepareHome, withHome } from '../serve/home.ts';

export interface EventsBenchOptions {
  data: string;
  seconds: number;
  clients: number[];
  /** Another database than SQLite in the home, empty. */
  database?: string | undefined;
  home?: string | undefined;
}

const BATCH = 500;
const USERS_OF_CLIENT = 250;
const ADMIN = `${ROOT}/server/dist/admin/cli.js`;

const RECORD =
  'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount duplicateCount refused { reason } } }';
const LIST =
  'query ($id: String!) { user(externalId: $id) { ratingCount recommendations(first: 100) { nodes { movie { movieId } } } } }';

type Ask = <T>(query: string, variables: object) => Promise<Answer<T>>;

interface Answer<T> {
  data: T;
  extensions: { cost: { requested: number; actual: number } };
}

/** The movies of which a user's events have been acknowledged. */
type Acknowledged = Map<string, Set<number>>;

/**
 * Sends batches of events as fast as they are taken, while a reader asks for the lists of the same users, and prints both.
 * @throws AppError QUALITY_GATE where a list does not reflect an event that was acknowledged before it was asked for
 */
export async function benchEvents(options: EventsBenchOptions): Promise<void> {
  await withHome(options.home, async (home) => {
    const env = {
      ...embeddedEnvironment(home),
      ...(options.database !== undefined && { DATABASE_URL: options.database }),
    };
    await prepareHome({ ...NO_SYNTHETIC, data: options.data }, home, env);
    const key = await makeKey(env);
    const server = await startReadyServer(built('server'), env);
    try {
      const ask = askerOf(server.origin, key);
      const movieIds = await someMovies(ask);
      let numStale = 0;
      for (const clients of options.clients)
        numStale += await measure(ask, { clients, seconds: options.seconds, movieIds });
      if (numStale > 0)
        throw new AppError('QUALITY_GATE', `${numStale} lists did not reflect what had been acknowledged`);
    } finally {
      await server.stop();
    }
  });
}

async function makeKey(env: Environment): Promise<string> {
  const admin = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [ADMIN, ...args], { env });
    return stdout.trim();
  };
  const appId = await admin('app', 'create', 'bench');
  const budget = ['--per-second', '10000000', '--burst', '10000000'];
  return admin('key', 'create', appId, '--scopes', 'read,recommend,write:events', ...budget);
}

function askerOf(origin: string, key: string): Ask {
  return async <T>(query: string, variables: object) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as Answer<T> & { errors?: { message: string }[] };
    if (answer.errors) throw new AppError('BAD_DATA', answer.errors.map(({ message }) => message).join('\n'));
    return answer;
  };
}

async function someMovies(ask: Ask): Promise<number[]> {
  const { data } = await ask<{ movies: { nodes: { movieId: number }[] } }>(
    '{ movies(first: 100, orderBy: RATING_COUNT_DESC) { nodes { movieId } } }',
    {},
  );
  return data.movies.nodes.map(({ movieId }) => movieId);
}

/** @returns the number of lists that did not reflect what had been acknowledged */
async function measure(
  ask: Ask,
  { clients, seconds, movieIds }: { clients: number; seconds: number; movieIds: readonly number[] },
): Promise<number> {
  const run = randomUUID();
  const acknowledged: Acknowledged = new Map();
  const endAt = performance.now() + seconds * 1000;
  const isOver = () => performance.now() >= endAt;
  const batches: number[] = [];
  const costs: number[] = [];
  const write = async (client: number) => {
    for (let batch = 0; !isOver(); batch++) {
      const events = batchOf(`${run}-${client}`, batch, movieIds);
      const begunAt = performance.now();
      const { data, extensions } = await ask<{ recordEvents: { storedCount: number } }>(RECORD, { events });
      batches.push(performance.now() - begunAt);
      costs.push(extensions.cost.actual);
      if (data.recordEvents.storedCount !== BATCH)
        throw new AppError('BAD_DATA', `not all events were stored: ${JSON.stringify(data)}`);
      for (const { userExternalId, movieId } of events) {
        const known = acknowledged.get(userExternalId) ?? new Set();
        acknowledged.set(userExternalId, known.add(movieId));
      }
    }
  };
  const lists: number[] = [];
  let numStale = 0;
  const read = async () => {
    for (let at = 0; !isOver(); at++) {
      const users = [...acknowledged];
      const [id, movies] = users[(at * 37) % Math.max(1, users.length)] ?? [];
      if (id === undefined || movies === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      const before = new Set(movies);
      const begunAt = performance.now();
      const { data } = await ask<{
        user: { ratingCount: number; recommendations: { nodes: { movie: { movieId: number } }[] } };
      }>(LIST, { id });
      lists.push(performance.now() - begunAt);
      const { ratingCount, recommendations } = data.user;
      const isFresh =
        ratingCount >= before.size && recommendations.nodes.every(({ movie }) => !before.has(movie.movieId));
      if (!isFresh) numStale++;
    }
  };
  await Promise.all([read(), ...Array.from({ length: clients }, (_, client) => write(client))]);
  const perSecond = Math.round((batches.length * BATCH) / seconds);
  process.stdout.write(
    `${clients} client${clients === 1 ? '' : 's'}: ${perSecond} events/s; ` +
      `a batch of ${BATCH}: p50 ${quantile(batches, 0.5)} ms, p95 ${quantile(batches, 0.95)} ms, ${quantile(costs, 0.5)} units; ` +
      `${lists.length} lists: p50 ${quantile(lists, 0.5)} ms, p95 ${quantile(lists, 0.95)} ms, ` +
      `fresh ${lists.length === 0 ? '–' : (1 - numStale / lists.length).toFixed(4)}\n`,
  );
  return numStale;
}

/** Half of them ratings, the others films that were watched. */
function batchOf(client: string, batch: number, movieIds: readonly number[]) {
  return Array.from({ length: BATCH }, (_, at) => ({
    eventId: `${client}-${batch}-${at}`,
    userExternalId: `${client}-${at % USERS_OF_CLIENT}`,
    movieId: movieIds[(batch * 7 + at) % movieIds.length] ?? 0,
    ...(at % 2 === 0 ? { kind: 'RATING', value: 0.5 * (1 + (at % 10)) } : { kind: 'WATCH', value: 0.9 }),
  }));
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
}
