import { RateLimiterCompatibleAbstract, RateLimiterRes, type RateLimiterLike } from 'rate-limiter-flexible';
import { BoundedLimiter, type Window } from './boundedLimiter.ts';

/** Attempts or points by key within a window of time. */
export interface LimiterOptions {
  /** Tells its keys from those of other limiters. */
  keyPrefix: string;
  points: number;
  /** Seconds. */
  duration: number;
}

/** Opens a limiter that counts for the whole process; equal prefixes share their counts. */
export type OpenLimiter = (options: LimiterOptions) => RateLimiterLike;

/** Counts in this thread, for itself alone. */
export const limiterHere: OpenLimiter = (options) => new BoundedLimiter(options);

type CountingMethod = 'consume' | 'penalty' | 'reward' | 'get' | 'set' | 'block';

/** A call of a limiter that another thread holds. */
export interface LimiterCall {
  options: LimiterOptions;
  method: CountingMethod | 'delete';
  key: string;
  /** Points, and the seconds of the window where they are others than the limiter's. */
  numbers: readonly number[];
}

/** A limiter's state as it travels between threads. */
type State = [remaining: number, msBeforeNext: number, consumed: number, isFirst: boolean];

/** The outcome of a call: what the limiter returned, or refused with. */
export type LimiterOutcome = { refused: boolean; state: State } | { deleted: boolean } | null;

/** Answers the calls of all threads. */
export function createLimiterService(): (call: LimiterCall) => Promise<LimiterOutcome> {
  const limiters = new Map<string, BoundedLimiter>();
  return async ({ options, method, key, numbers: [points = 1, seconds = 0] }) => {
    let limiter = limiters.get(options.keyPrefix);
    if (!limiter) limiters.set(options.keyPrefix, (limiter = new BoundedLimiter(options)));
    try {
      if (method === 'delete') return { deleted: await limiter.delete(key) };
      if (method === 'set') return outcomeOf(await limiter.set(key, points, seconds));
      if (method === 'get') return outcomeOf(await limiter.get(key));
      return outcomeOf(await limiter[method](key, points, seconds > 0 ? { customDuration: seconds } : {}));
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return outcomeOf(refusal, true);
      throw refusal;
    }
  };
}

function outcomeOf(result: RateLimiterRes | null, refused = false): LimiterOutcome {
  if (!result) return null;
  const { remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration } = result;
  return { refused, state: [remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration] };
}

/** Counts where another thread answers: together with all others that ask it. */
export function limiterElsewhere(call: (call: LimiterCall) => Promise<LimiterOutcome>): OpenLimiter {
  return (options) => new RemoteLimiter(options, call);
}

class RemoteLimiter extends RateLimiterCompatibleAbstract {
  #blockDuration = 0;
  #execEvenly = false;
  readonly #options: LimiterOptions;
  readonly #call: (call: LimiterCall) => Promise<LimiterOutcome>;

  constructor(options: LimiterOptions, call: (call: LimiterCall) => Promise<LimiterOutcome>) {
    super();
    this.#options = options;
    this.#call = call;
  }

  // The base class has accessors, which types do not tell: fields of these names would go into them.
  // @ts-expect-error declared as a property
  override get keyPrefix(): string {
    return this.#options.keyPrefix;
  }

  // @ts-expect-error declared as a property
  override get blockDuration(): number {
    return this.#blockDuration;
  }

  override set blockDuration(seconds: number) {
    this.#blockDuration = seconds;
  }

  // @ts-expect-error declared as a property
  override get execEvenly(): boolean {
    return this.#execEvenly;
  }

  override set execEvenly(isEven: boolean) {
    this.#execEvenly = isEven;
  }

  override consume(key: string | number, points = 1, options: Window = {}): Promise<RateLimiterRes> {
    return this.#count('consume', key, points, options.customDuration ?? 0);
  }

  override penalty(key: string | number, points = 1, options: Window = {}): Promise<RateLimiterRes> {
    return this.#count('penalty', key, points, options.customDuration ?? 0);
  }

  override reward(key: string | number, points = 1, options: Window = {}): Promise<RateLimiterRes> {
    return this.#count('reward', key, points, options.customDuration ?? 0);
  }

  override set(key: string | number, points: number, seconds: number): Promise<RateLimiterRes> {
    return this.#count('set', key, points, seconds);
  }

  override block(key: string | number, seconds: number): Promise<RateLimiterRes> {
    return this.#count('block', key, seconds);
  }

  override get(key: string | number): Promise<RateLimiterRes | null> {
    return this.#ask('get', key);
  }

  override async delete(key: string | number): Promise<boolean> {
    const outcome = await this.#call({
      options: this.#options,
      method: 'delete',
      key: String(key),
      numbers: [],
    });
    return outcome !== null && 'deleted' in outcome && outcome.deleted;
  }

  async #count(method: CountingMethod, key: string | number, ...numbers: number[]): Promise<RateLimiterRes> {
    const result = await this.#ask(method, key, ...numbers);
    if (!result) throw new Error(`the limiter ${this.keyPrefix} did not count`);
    return result;
  }

  async #ask(
    method: CountingMethod,
    key: string | number,
    ...numbers: number[]
  ): Promise<RateLimiterRes | null> {
    const outcome = await this.#call({ options: this.#options, method, key: String(key), numbers });
    if (outcome === null || !('state' in outcome)) return null;
    const result = new RateLimiterRes(...outcome.state);
    // The library's way to say no.
    // oxlint-disable-next-line typescript/only-throw-error
    if (outcome.refused) throw result;
    return result;
  }
}
