import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { AppError, inCallSpan, messageOf, type Logger } from '@pocketrocket/runtime';
import { Pool } from 'undici';
import { createPace, type Pace } from './pace.ts';

export interface TmdbClientOptions {
  /** Origin of TMDB's API, or of a proxy of it. */
  origin: string;
  /** An API key, or the longer API read access token. */
  key: string;
  /** Questions a second; this process's share. */
  perSecond: number;
  logger: Logger;
}

/** Answers what TMDB tells of things; null where it knows none. Throws AppError UPSTREAM_UNAVAILABLE without an answer. */
export interface TmdbClient {
  /** @param path such as `/movie/603` @param isUrgent false for what nobody waits for: it only uses what is left of the pace */
  get(path: string, query?: Readonly<Record<string, string>>, isUrgent?: boolean): Promise<unknown>;
  /** True where a question that nobody waits for may be asked. */
  isIdle(): boolean;
  close(): Promise<void>;
}

const DEADLINE_MS = 3_000;
/** A page waits; beyond that it shows what there is without TMDB. */
const MAX_WAIT_MS = 1_500;
const MAX_BYTES = 2_000_000;
const CONNECTIONS = 8;
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 10_000;
/** The pause where TMDB says that it is too much, and not for how long. */
const PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;

/** Asks TMDB's API, version 3: paced, each answer bounded in time and bytes, and not at all for a while after several failures. */
export function createTmdbClient({ origin, key, perSecond, logger }: TmdbClientOptions): TmdbClient {
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const pace = createPace(perSecond);
  const breaker = openBreaker(logger);
  // The key is nowhere but here: in no address that is traced, and in no message.
  const isToken = key.includes('.');
  const headers = { accept: 'application/json', ...(isToken && { authorization: `Bearer ${key}` }) };
  const addressOf = (path: string, query: Readonly<Record<string, string>>) =>
    `/3${path}?${new URLSearchParams({ ...query, ...(!isToken && { api_key: key }) }).toString()}`;

  const send = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      const response = await pool.request({ method: 'GET', path: addressOf(path, query), signal, headers });
      const { statusCode } = response;
      if (statusCode !== 200) await response.body.dump();
      if (statusCode === 404) return null;
      if (statusCode === 429) pace.pause(pauseOf(response.headers['retry-after']));
      if (statusCode !== 200) throw new Error(REASONS[statusCode] ?? `answered ${statusCode}`);
      return JSON.parse(await textOf(response.body)) as unknown;
    } catch (error) {
      throw unavailable(signal.aborted ? `did not answer within ${DEADLINE_MS} ms` : reasonOf(error));
    }
  };

  return {
    async get(path, query = {}, isUrgent = true) {
      try {
        return await breaker.execute(async () => {
          await takeTurn(pace, isUrgent ? MAX_WAIT_MS : 0);
          const facts = { 'http.request.method': 'GET', 'url.full': `${origin}/3${path}` };
          return inCallSpan(
            () => ({ name: 'tmdb', facts }),
            () => send(path, query),
          );
        });
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw unavailable('failed several times in a row');
        throw error;
      }
    },
    isIdle: () => pace.isIdle() && breaker.state === CircuitState.Closed,
    close: () => pool.destroy(),
  };
}

/** The reasons that operators can do something about. */
const REASONS: Readonly<Record<number, string>> = {
  401: 'refuses TMDB_API_KEY',
  429: 'was asked too often',
};

function openBreaker(logger: Logger): CircuitBreakerPolicy {
  // Waiting for a turn in vain is no failure of TMDB's.
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof TooBusy)),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  breaker.onFailure(({ reason }) => {
    if ('error' in reason) logger.debug({ reason: messageOf(reason.error) }, 'TMDB did not answer');
  });
  breaker.onBreak((reason) => {
    const cause = 'error' in reason ? messageOf(reason.error) : 'several failures';
    logger.warn({ reason: cause }, 'TMDB is not asked for a while: circuit breaker open');
  });
  breaker.onReset(() => logger.info({}, 'TMDB answers again: circuit breaker closed'));
  return breaker;
}

async function takeTurn(pace: Pace, maxWaitMs: number): Promise<void> {
  if (!(await pace.turn(maxWaitMs))) throw new TooBusy();
}

/** More is asked than TMDB may be. */
class TooBusy extends AppError {
  constructor() {
    super('UPSTREAM_UNAVAILABLE', 'TMDB is asked as often as it may be; try again in a moment');
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function pauseOf(retryAfter: string | string[] | undefined): number {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(seconds * 1_000, MAX_PAUSE_MS) : PAUSE_MS;
}

function reasonOf(error: unknown): string {
  return error instanceof SyntaxError ? 'answered something other than JSON' : messageOf(error);
}

function unavailable(what: string): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', `TMDB ${what}`);
}
