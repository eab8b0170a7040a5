import { randomUUID } from 'node:crypto';
import { type Config, type Logger } from '@pocketrocket/runtime';
import { dialectFactsOf } from '@pocketrocket/schema/databaseUrl';
import { Overloaded, type ApiPort } from './api/apiPort.ts';
import type { LivePort } from './api/livePort.ts';
import type { Charge } from './budgets/bucket.ts';
import { createMemoryBuckets } from './budgets/memoryBuckets.ts';
import { createLimiterService, type LimiterCall } from './counters/limiters.ts';
import type { SharedCatalogue } from './catalogue/catalogue.ts';
import { MovieTable } from './catalogue/movieTable.ts';
import type { ShownCounts } from './lists/shownCounts.ts';
import type { ExportQuestion } from './operatorServices.ts';
import type { ExportPage } from './exports/exportPages.ts';
import type { ReportName } from './operators/reportNames.ts';
import type { FrontState, ServerState, ThreadState } from './operators/serverState.ts';
import type { MetricsOfThread } from './metrics/threadMetrics.ts';
import type { SharedState } from './model/sharedModels.ts';
import type { Readiness } from './model/readiness.ts';
import {
  ALL_SHOWN_SERVICE,
  BUDGET_SERVICE,
  EXPORT_SERVICE,
  LIMITER_SERVICE,
  METRICS_SERVICE,
  READINESS_SERVICE,
  REPORT_SERVICE,
  SERVER_STATE_SERVICE,
  SHOWN_SERVICE,
  SDL_SERVICE,
  STEP_TIMES_SERVICE,
  THREAD_STATE_SERVICE,
  type ThreadData,
  type ThreadReadiness,
} from './threads/messages.ts';
import { defaultNumThreads, heapMbOfThread, thisMachine } from './threads/numThreads.ts';
import { readyWhenWarm } from './threads/readinessOfThreads.ts';
import { moduleBeside, startWorker } from './threads/startWorker.ts';
import { ThreadPool } from './threads/threadPool.ts';
import { sumOfStepTimes, takeStepTimes, type StepTimes } from './timing/stepTimes.ts';

/** The API on threads of its own. */
export interface ApiThreads {
  api: ApiPort;
  live: LivePort;
  size: number;
  /** The version of the model that it began with; null without one. */
  modelVersion: number | null;
  /** A number that grows with each other catalogue or model that serves. */
  generation(): number;
  /** The movies and genres that are there now; null without a catalogue. */
  addresses(): { movieIds: Int32Array; genres: readonly string[] } | null;
  readiness(): Promise<Readiness>;
  stepTimes(): Promise<StepTimes>;
  /** The schema as a text. @throws Overloaded where no thread answers in time */
  sdl(): Promise<string>;
  /** The metrics of each thread that answers in time. */
  metrics(): Promise<MetricsOfThread[]>;
  /** A part of the server's state, as operators are told it. */
  report(name: ReportName): Promise<unknown>;
  exportPage(question: ExportQuestion): Promise<ExportPage>;
  stop(): Promise<void>;
}

const MODULE = moduleBeside(import.meta.url, 'threadMain');

/** Beyond a request's deadline, by which an operation looks at the time itself. */
const SILENCE_MS = 5_000;
const SERVICE_MS = 1_000;
/** More than a thread takes to start, without warming up. */
const THREAD_START_MS = 10_000;
/** Probes of several load balancers at once cost one look. */
const READINESS_KEPT_MS = 200;

/**
 * Starts the threads.
 * @param front what the front has counted
 * @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE as the first of them does
 */
export async function openThreads(
  config: Config,
  logger: Logger,
  secret: string,
  front: () => FrontState,
): Promise<ApiThreads> {
  const size = numThreads(config, logger);
  const heapMb = heapMbOfThread(thisMachine(), size);
  const limiters = createLimiterService();
  const charge = createMemoryBuckets();
  // For threads that start later.
  let catalogue: SharedCatalogue | null = null;
  let model: SharedState | null = null;
  let generation = 0;
  const server = randomUUID();
  const started = new Set<number>();
  const pool: ThreadPool = new ThreadPool({
    size,
    startWorker(thread) {
      // Where nobody else answers it warms up beside the requests.
      const isReplacement = started.has(thread) && pool.isServing;
      started.add(thread);
      const data: ThreadData<Config> = {
        config,
        secret,
        server,
        thread,
        threads: size,
        catalogue,
        model,
        isReplacement,
      };
      return startWorker({ module: MODULE, data, heapMb });
    },
    onShared(message) {
      generation++;
      if (message.kind === 'model') model = message.state;
      else catalogue = message.shared;
    },
    silenceMs: config.requestTimeoutMs + SILENCE_MS,
    serve(service, payload): unknown {
      if (service === BUDGET_SERVICE) return charge(payload as Charge);
      if (service === SERVER_STATE_SERVICE) return serverState();
      if (service === ALL_SHOWN_SERVICE) return allShown();
      if (service !== LIMITER_SERVICE) throw new Error(`the front has no service ${service}`);
      return limiters(payload as LimiterCall);
    },
    logger,
  });
  const modelVersion = await pool.start();
  const withinMs = config.warmUpMs === 0 ? 0 : config.warmUpMs + THREAD_START_MS;
  const whenWarm = readyWhenWarm({ size, withinMs });
  const readiness = keptFor(READINESS_KEPT_MS, async () =>
    whenWarm((await pool.askAll(READINESS_SERVICE, SERVICE_MS)) as ThreadReadiness[]),
  );
  const serverState = async (): Promise<ServerState> => ({
    front: front(),
    threads: (await pool.askAll(THREAD_STATE_SERVICE, SERVICE_MS)) as ThreadState[],
    readiness: await readiness(),
  });
  const allShown = async (): Promise<ShownCounts[]> =>
    ((await pool.askAll(SHOWN_SERVICE, SERVICE_MS)) as (ShownCounts | null)[]).filter((one) => one !== null);
  return {
    api: pool,
    live: pool,
    size,
    modelVersion,
    generation: () => generation,
    addresses: () =>
      catalogue && {
        movieIds: new MovieTable(catalogue.movies).movieIds,
        genres: catalogue.genres.map(({ name }) => name),
      },
    readiness,
    async stepTimes() {
      const ofThreads = (await pool.askAll(STEP_TIMES_SERVICE, SERVICE_MS)) as StepTimes[];
      return sumOfStepTimes([takeStepTimes(), ...ofThreads]);
    },
    sdl: keptForGood(async () => {
      const [sdl] = (await pool.askAll(SDL_SERVICE, SERVICE_MS)) as string[];
      if (sdl === undefined) throw new Overloaded();
      return sdl;
    }),
    metrics: async () => (await pool.askAll(METRICS_SERVICE, SERVICE_MS)) as MetricsOfThread[],
    report: (name) => pool.askOne(REPORT_SERVICE, name, config.requestTimeoutMs),
    exportPage: async (question) =>
      (await pool.askOne(EXPORT_SERVICE, question, config.requestTimeoutMs)) as ExportPage,
    stop: () => pool.stop(),
  };
}

function numThreads({ workers, databaseUrl }: Config, logger: Logger): number {
  const wanted = workers ?? defaultNumThreads(thisMachine());
  const reason = dialectFactsOf(databaseUrl).onlyThreadBecause(databaseUrl);
  if (reason === null || wanted === 1) return wanted;
  logger.warn({ workers: wanted, reason }, 'one thread serves');
  return 1;
}

/** The result of a look, and of no further one for a while. */
function keptFor<T>(ms: number, look: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; result: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at > ms) kept = { at: now, result: look() };
    return kept.result;
  };
}

/** The result of the first look that does not fail. */
function keptForGood<T>(look: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    const result = (kept ??= look());
    result.catch(() => (kept = undefined));
    return result;
  };
}
