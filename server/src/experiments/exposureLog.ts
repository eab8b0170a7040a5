import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { Database } from '@pocketrocket/schema/database';
import { isOfApp } from '../database/externalIds.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/** That a user was shown a list of an experiment's arm. */
export interface Exposure {
  experiment: string;
  arm: string;
  userId: number;
  /** Null where no model made the list. */
  modelVersion: number | null;
}

const FLUSH_MS = 5_000;
const SECONDS_PER_DAY = 86_400;
const MAX_PER_TRANSACTION = 200;
/** Exposures that wait to be stored, or are known to be; beyond, they are forgotten, and stored ones are asked for again. */
const MAX_KEPT = 50_000;

type Noted = Exposure & { day: number; shownAtSeconds: number };

/**
 * Stores who was shown which arm, once per user and day, some seconds later and off the requests' way. What is not stored when the process is
 * killed is lost; the user's next list tells it again.
 */
export class ExposureLog {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #waiting = new Map<string, Noted>();
  readonly #stored = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #hasFailed = false;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  note(exposure: Exposure): void {
    const shownAtSeconds = nowSeconds();
    const day = Math.floor(shownAtSeconds / SECONDS_PER_DAY);
    const key = `${exposure.userId} ${day} ${exposure.experiment}`;
    if (this.#stored.has(key) || this.#waiting.has(key) || this.#waiting.size >= MAX_KEPT) return;
    this.#waiting.set(key, { ...exposure, day, shownAtSeconds });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Forgets what waits of users who were erased. */
  forget(userIds: ReadonlySet<number>): void {
    for (const [key, { userId }] of this.#waiting) if (userIds.has(userId)) this.#waiting.delete(key);
  }

  /** Stores what waits; what cannot be stored waits on. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      while (this.#waiting.size > 0) {
        const some = [...this.#waiting].slice(0, MAX_PER_TRANSACTION);
        await this.#store(some.map(([, noted]) => noted));
        if (this.#stored.size + some.length > MAX_KEPT) this.#stored.clear();
        for (const [key, noted] of some) {
          if (this.#waiting.get(key) === noted) this.#waiting.delete(key);
          this.#stored.add(key);
        }
      }
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed)
        this.#logger.warn(
          { problem: messageOf(error) },
          'exposures of experiments cannot be stored; trying again',
        );
      this.#hasFailed = true;
      this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
    }
  }

  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
  }

  #store(exposures: readonly Noted[]): Promise<void> {
    return writeInTransaction(this.#database, NO_DEADLINE, async (manager) => {
      for (const { experiment, arm, userId, modelVersion, day, shownAtSeconds } of exposures)
        // Of a user who is there: one who was erased meanwhile leaves nothing behind.
        await manager.query(
          `INSERT INTO experiment_exposure (experiment, userId, day, arm, modelVersion, shownAtSeconds)
           SELECT ?, shown.userId, ?, ?, ?, ? FROM ${isOfApp(userId) ? 'app_user' : 'user'} shown
           WHERE shown.userId = ? AND NOT EXISTS (
             SELECT 1 FROM experiment_exposure known
             WHERE known.experiment = ? AND known.userId = ? AND known.day = ?)`,
          [experiment, day, arm, modelVersion, shownAtSeconds, userId, experiment, userId, day],
        );
    });
  }
}
