import { isatty } from 'node:tty';
import { parentPort, workerData } from 'node:worker_threads';
import { createLogger, type Config } from '@pocketrocket/runtime';
import { destination } from 'pino';
import { limiterElsewhere, type LimiterOutcome } from './counters/limiters.ts';
import { openApi } from './openApi.ts';
import { failureOf } from './threads/failures.ts';
import {
  LIMITER_SERVICE,
  READINESS_SERVICE,
  STEP_TIMES_SERVICE,
  type ThreadData,
} from './threads/messages.ts';
import { FrontLink } from './threads/serveThread.ts';
import { takeStepTimes } from './timing/stepTimes.ts';

const STDERR = 2;

if (!parentPort) throw new Error('an API thread is started by the server, not by hand');
const { config, secret, thread } = workerData as ThreadData<Config>;
// Written at once: a thread's own stderr goes through the front, and is lost with the thread.
const stream = Object.assign(destination({ dest: STDERR, sync: true }), { isTTY: isatty(STDERR) });
const logger = createLogger({ level: config.logLevel, name: 'server', stream }).child({ thread });
const front = new FrontLink(parentPort);
const openLimiter = limiterElsewhere(
  async (call) => (await front.ask(LIMITER_SERVICE, call)) as LimiterOutcome,
);

try {
  const { api, parts, readiness, close } = await openApi(config, logger, secret, { thread, openLimiter });
  const { catalogue } = parts.deps;
  catalogue.onRecount((recount) => front.post({ kind: 'recount', recount }));
  const services = { [READINESS_SERVICE]: readiness, [STEP_TIMES_SERVICE]: takeStepTimes };
  const takeOver = catalogue.takeOver;
  front.serve({ api, services, takeOver, close }, parts.models.state().model?.version ?? null);
} catch (error) {
  front.post({ kind: 'failed', failure: failureOf(error) });
}
