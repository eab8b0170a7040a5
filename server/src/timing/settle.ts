/** The requests until one took no less time than before. */
export interface Settled {
  requests: number;
  /** Milliseconds in all. */
  ms: number;
  /** Milliseconds of one at the end. */
  eachMs: number;
}

export interface SettleOptions {
  /** After so many milliseconds it ends, settled or not. */
  maxMs: number;
  /** Once it is false, this ends. */
  isWanted?: () => boolean;
  now?: () => number;
}

/** Requests whose time is taken together. */
const BATCH = 50;
/** So many batches in a row that are no faster than the fastest before. */
const CALM_BATCHES = 6;
/** Less than this is the machine's noise. */
const FASTER = 0.93;

/**
 * Asks one after the other until the time that it takes has settled.
 * @param ask a request; what it throws ends this
 */
export async function askUntilSettled(
  ask: () => Promise<void>,
  { maxMs, isWanted = () => true, now = () => performance.now() }: SettleOptions,
): Promise<Settled> {
  const begunAt = now();
  let fastest = Infinity;
  let calm = 0;
  let requests = 0;
  let eachMs = 0;
  const goesOn = () => isWanted() && now() - begunAt < maxMs;
  while (calm < CALM_BATCHES && goesOn()) {
    const batchAt = now();
    let inBatch = 0;
    for (; inBatch < BATCH && goesOn(); inBatch++) await ask();
    requests += inBatch;
    eachMs = (now() - batchAt) / inBatch;
    calm = eachMs < fastest * FASTER ? 0 : calm + 1;
    fastest = Math.min(fastest, eachMs);
  }
  return { requests, ms: Math.round(now() - begunAt), eachMs };
}
