import type { ErrorCode } from '@pocketrocket/runtime';
import type { ApiAnswer, ApiRequest } from '../api/apiPort.ts';
import type { LiveRequest } from '../api/livePort.ts';
import type { Standing } from '../budgets/budgetGate.ts';
import type { Readiness } from '../model/readiness.ts';
import type { SharedState } from '../model/sharedModels.ts';
import type { SharedCatalogue } from '../catalogue/catalogue.ts';

/** The messages of the front to an API thread. */
export type ToThread =
  | { kind: 'request'; id: number; request: ApiRequest }
  | { kind: 'ask'; id: number; service: string }
  | { kind: 'reply'; id: number; reply: Reply }
  | { kind: 'query'; query: PersistedQuery }
  | { kind: 'live'; id: number; event: LiveToThread }
  | { kind: 'changes'; userIds: readonly number[] }
  | { kind: 'catalogue'; shared: SharedCatalogue }
  | { kind: 'model'; state: SharedState }
  | { kind: 'ping' }
  | { kind: 'stop' };

/** The messages of an API thread to the front. */
export type FromThread =
  /** It takes requests from now on. */
  | { kind: 'ready'; modelVersion: number | null }
  /** It could not start. */
  | { kind: 'failed'; failure: Failure }
  /** A request is under way and leaves room for another. */
  | { kind: 'begun'; id: number }
  /** The end of a request, with the milliseconds of work that fell to it. */
  | { kind: 'answer'; id: number; workMs: number; answer: ApiAnswer }
  | { kind: 'elsewhere'; id: number; workMs: number; thread: number }
  | { kind: 'failure'; id: number; workMs: number; failure: Failure }
  | { kind: 'ask'; id: number; service: string; payload: unknown }
  | { kind: 'reply'; id: number; reply: Reply }
  | { kind: 'query'; query: PersistedQuery }
  | { kind: 'live'; id: number; event: LiveFromThread }
  /** The lists of these users may have changed. */
  | { kind: 'changes'; userIds: readonly number[] }
  /** Another catalogue is there. */
  | { kind: 'catalogue'; shared: SharedCatalogue }
  /** Another model serves, or none. */
  | { kind: 'model'; state: SharedState }
  | { kind: 'pong' }
  /** Everything is closed; it may end. */
  | { kind: 'stopped' };

/** News of a connection over which subscriptions are answered, to its thread. */
export type LiveToThread =
  | { type: 'open'; request: LiveRequest }
  | { type: 'text'; text: string }
  | { type: 'closed'; code: number; reason: string };

/** Orders of the thread of such a connection. */
export type LiveFromThread =
  | { type: 'head'; status: number; headers: readonly string[] }
  | { type: 'text'; text: string }
  | { type: 'close'; code: number; reason: string }
  | { type: 'standing'; standing: Standing };

/** A persisted query, as its store knows it. */
export interface PersistedQuery {
  key: string;
  text: string;
}

/** An error on its way to another thread. */
export interface Failure {
  /** Null for what nobody expected. */
  code: ErrorCode | null;
  message: string;
  stack: string | undefined;
}

export type Reply = { value: unknown } | { failure: Failure };

/** The data that an API thread starts with. */
export interface ThreadData<Config> {
  config: Config;
  /** Signs sessions. */
  secret: string;
  /** Names the server among those that share a Redis. */
  server: string;
  /** Its number, from 1. */
  thread: number;
  /** The number of all. */
  threads: number;
  /** The catalogue that the others have; null where this is the first thread of all. */
  catalogue: SharedCatalogue | null;
  /** The model that the others serve; null where this is the first thread of all. */
  model: SharedState | null;
  /** It takes the place of one that ended. */
  isReplacement: boolean;
}

/** Readiness as one thread tells it. */
export interface ThreadReadiness {
  /** It has warmed up, or will not. */
  isWarm: boolean;
  readiness: Readiness;
}

/** The services that the front offers to its threads. */
export const LIMITER_SERVICE = 'limiter';
export const BUDGET_SERVICE = 'budget';

/** The services of an API thread. */
export const READINESS_SERVICE = 'readiness';
export const STEP_TIMES_SERVICE = 'step times';
export const SDL_SERVICE = 'sdl';
export const METRICS_SERVICE = 'metrics';
