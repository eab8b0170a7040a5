import { join } from 'node:path';
import { isatty } from 'node:tty';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import { FEATURE_CACHE_BYTES } from '@pocketrocket/engine';
import { createLogger, openTraces, type Config } from '@pocketrocket/runtime';
import { destination } from 'pino';
import type { Balance } from './budgets/bucket.ts';
import { cacheSizes } from './caches/registry.ts';
import { FollowedCatalogue, type PlaceOfCatalogue } from './catalogue/catalogueSource.ts';
import { limiterElsewhere, type LimiterOutcome } from './counters/limiters.ts';
import { listCounts } from './lists/listCounts.ts';
import { liveCounts } from './live/liveCounts.ts';
import { createThreadMetrics } from './metrics/threadMetrics.ts';
import { indexingThread } from './indexingThread.ts';
import { FollowedModels } from './model/sharedModels.ts';
import { openApi } from './openApi.ts';
import type { PlaceOfModels } from './openModels.ts';
import { preparingThread } from './prepareModel.ts';
import { failureOf } from './threads/failures.ts';
import {
  BUDGET_SERVICE,
  LIMITER_SERVICE,
  METRICS_SERVICE,
  READINESS_SERVICE,
  SDL_SERVICE,
  STEP_TIMES_SERVICE,
  type ThreadData,
  type ThreadReadiness,
} from './threads/messages.ts';
import { FrontLink } from './threads/serveThread.ts';
import { stepTotals, takeStepTimes } from './timing/stepTimes.ts';
import { warmUp } from './warmUp.ts';

const STDERR = 2;

if (!parentPort) throw new Error('an API thread is started by the server, not by hand');
const { config, secret, server, thread, threads, catalogue, model, isReplacement } =
  workerData as ThreadData<Config>;
// Written at once: a thread's own stderr goes through the front, and is lost with the thread.
const stream = Object.assign(destination({ dest: STDERR, sync: true }), { isTTY: isatty(STDERR) });
const logger = createLogger({ level: config.logLevel, name: 'server', stream }).child({ thread });
const heapMb = resourceLimits.maxOldGenerationSizeMb ?? 0;
const sharing = { index: thread - 1, cacheBytes: Math.floor(FEATURE_CACHE_BYTES / threads) };
const followed = new FollowedModels(sharing, logger);
const followedCatalogue = new FollowedCatalogue();
const front = new FrontLink(parentPort, (message) => {
  if (message.kind === 'model') followed.follow(message.state);
  else followedCatalogue.follow(message.shared);
});

let isWarm = false;

try {
  // Before anything is waited for: what the front tells meanwhile is newer.
  const places = { catalogue: placeOfCatalogue(), models: placeOfModels() };
  const traces = await openTraces(config, logger, String(thread));
  const opened = await openApi(config, logger, secret, {
    thread,
    threads,
    openLimiter: limiterElsewhere(async (call) => (await front.ask(LIMITER_SERVICE, call)) as LimiterOutcome),
    charge: async (charge) => (await front.ask(BUDGET_SERVICE, charge)) as Balance,
    onPersisted: (query) => front.post({ kind: 'query', query }),
    changes: {
      server,
      listens: thread === 1,
      tell: (userIds) => front.post({ kind: 'changes', userIds }),
    },
    ...places,
  });
  const { api, parts, readiness, close } = opened;
  const services = {
    [READINESS_SERVICE]: async () => ({ isWarm, readiness: await readiness() }) satisfies ThreadReadiness,
    [STEP_TIMES_SERVICE]: takeStepTimes,
    [SDL_SERVICE]: opened.sdl,
    ...(config.metricsPort !== null && {
      [METRICS_SERVICE]: createThreadMetrics({
        thread,
        stepTotals,
        caches: cacheSizes,
        lists: listCounts,
        live: () => ({ ...liveCounts(), ...opened.live.sizes() }),
        model: () => parts.models.state(),
        writes: () => parts.deps.database.writes.problem(),
      }),
    }),
  };
  const closing = new AbortController();
  const warm = async () => {
    await warmUp({ api, parts, signal: closing.signal }, config, logger);
    isWarm = true;
  };
  // The other threads answer meanwhile.
  if (isReplacement && threads > 1) await warm();
  const closeAll = async () => {
    closing.abort();
    await close();
    await traces?.close();
  };
  const { live, takeQuery, hearChanges } = opened;
  front.serve(
    { api, live, services, takeQuery, hearChanges, close: closeAll },
    parts.models.state().model?.version ?? null,
  );
  if (!isWarm) await warm();
} catch (error) {
  front.post({ kind: 'failed', failure: failureOf(error) });
}

/** The first thread reads the catalogue for all. */
function placeOfCatalogue(): PlaceOfCatalogue {
  if (thread === 1)
    return {
      kind: 'reads',
      index: indexingThread(heapMb),
      initial: catalogue,
      tell: (shared) => front.post({ kind: 'catalogue', shared }),
    };
  if (catalogue) followedCatalogue.follow(catalogue);
  return { kind: 'follows', followed: followedCatalogue };
}

/** The first thread loads models for all. */
function placeOfModels(): PlaceOfModels {
  if (thread === 1)
    return {
      kind: 'loads',
      thread: sharing,
      prepare: preparingThread({
        threads,
        heapMb,
        cacheDir: join(config.home, 'cache'),
        logger,
      }),
      initial: model,
      tell: (state) => front.post({ kind: 'model', state }),
    };
  if (model) followed.follow(model);
  return { kind: 'follows', models: followed };
}
