import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { LimiterOptions } from './limiters.ts';

const MAX_BYTES = 32_000_000;
/** Of a key with its count and its timer, beside its characters; measured on Node.js 20. */
const BYTES_OF_A_KEY = 600;

/** Seconds of a key's window, where they are others than the limiter's. */
export interface Window {
  customDuration?: number;
}

/** Counts in memory, which strangers' keys cannot fill: beyond its bound the key that was counted longest ago is forgotten. */
export class BoundedLimiter extends RateLimiterMemory {
  readonly #keys: LRUCache<string, true>;

  constructor(options: LimiterOptions, maxBytes = MAX_BYTES) {
    super(options);
    this.#keys = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (_, key) => BYTES_OF_A_KEY + 2 * key.length,
      dispose: (_, key, reason) => void (reason === 'evict' && super.delete(key)),
    });
  }

  override consume(key: string | number, points?: number, options?: Window): Promise<RateLimiterRes> {
    this.#touch(key);
    return super.consume(key, points, options);
  }

  override penalty(key: string | number, points?: number, options?: Window): Promise<RateLimiterRes> {
    this.#touch(key);
    return super.penalty(key, points, options);
  }

  override reward(key: string | number, points?: number, options?: Window): Promise<RateLimiterRes> {
    this.#touch(key);
    return super.reward(key, points, options);
  }

  override set(
    key: string | number,
    points: number,
    seconds: number,
    options?: Window,
  ): Promise<RateLimiterRes> {
    this.#touch(key);
    return super.set(key, points, seconds, options);
  }

  override block(key: string | number, seconds: number, options?: Window): Promise<RateLimiterRes> {
    this.#touch(key);
    return super.block(key, seconds, options);
  }

  override delete(key: string | number): Promise<boolean> {
    this.#keys.delete(String(key));
    return super.delete(key);
  }

  #touch(key: string | number): void {
    this.#keys.set(String(key), true);
  }
}
