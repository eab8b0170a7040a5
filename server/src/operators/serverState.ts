import type { ClientUseReport } from '../budgets/clientUse.ts';
import type { CacheSize } from '../caches/registry.ts';
import type { ListCount } from '../lists/listCounts.ts';
import type { ShownCounts } from '../lists/shownCounts.ts';
import type { Readiness } from '../model/readiness.ts';
import type { StepTimes } from '../timing/stepTimes.ts';

/** The counts of an API thread since it began. */
export interface ThreadState {
  lists: ListCount[];
  caches: CacheSize[];
  steps: StepTimes;
  use: ClientUseReport;
}

/** The counts of the front since the server began. */
export interface FrontState {
  startedAtMs: number;
  /** Of the API, as all that follow. */
  requestCount: number;
  failedRequestCount: number;
  shedRequestCount: number;
  refusedRequestCount: number;
  /** Of all requests together. */
  totalMs: number;
  memoryBytes: number;
  /** Refusals before the body was read. */
  use: ClientUseReport;
}

/** A whole server: its front and the API threads that answered. */
export interface ServerState {
  front: FrontState;
  threads: ThreadState[];
  readiness: Readiness;
}

/** The server as each of its threads can see it. */
export interface ServerView {
  state(): Promise<ServerState>;
  /** The movies that each thread has shown lately. */
  shown(): Promise<ShownCounts[]>;
}
