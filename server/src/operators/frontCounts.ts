import { ClientUse } from '../budgets/clientUse.ts';
import type { FrontState } from './serverState.ts';

const API_PATH = '/graphql';
const OVERLOADED = 503;
const OVER_BUDGET = 429;

/** As much of a request as is counted. */
interface Answered {
  path: string;
  status: number | null;
  durationMs: number;
  outcome: { errorCodes?: readonly string[] };
}

/** Counts requests as the front sees them; costs nothing that could be measured. */
export class FrontCounts {
  /** Of clients that were refused unread. */
  readonly use = new ClientUse();
  readonly #startedAtMs = Date.now();
  #requests = 0;
  #failed = 0;
  #shed = 0;
  #refused = 0;
  #totalMs = 0;

  observe({ path, status, durationMs, outcome }: Answered): void {
    if (path !== API_PATH) return;
    this.#requests++;
    this.#totalMs += durationMs;
    if (status === OVERLOADED) this.#shed++;
    if (status === OVER_BUDGET) this.#refused++;
    if (outcome.errorCodes) this.#failed++;
  }

  state(): FrontState {
    return {
      startedAtMs: this.#startedAtMs,
      requestCount: this.#requests,
      failedRequestCount: this.#failed,
      shedRequestCount: this.#shed,
      refusedRequestCount: this.#refused,
      totalMs: this.#totalMs,
      memoryBytes: process.memoryUsage.rss(),
      use: this.use.report(),
    };
  }
}
