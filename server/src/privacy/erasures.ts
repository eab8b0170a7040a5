import { messageOf, type Logger } from '@pocketrocket/runtime';
import { ErasedAccountEntity, type Database } from '@pocketrocket/schema/database';
import { MoreThanOrEqual } from 'typeorm';
import { nowSeconds } from '../timing/clock.ts';

const POLL_MS = 30_000;
/** Looks back further than clocks of servers differ; to forget twice does no harm. */
const OVERLAP_SECONDS = 300;

/** Tells the caches of this process which users were erased, here and by other servers. */
export class Erasures {
  readonly #listeners: ((userId: number) => void)[] = [];
  readonly #announceListeners: ((userId: number) => void)[] = [];
  readonly #database: Database;
  readonly #logger: Logger;
  #polledAtSeconds = nowSeconds();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  /** Calls the listener with every user who is erased from now on; more than once, maybe. */
  onErase(listener: (userId: number) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls back with every user who is erased by this thread. */
  onAnnounced(listener: (userId: number) => void): void {
    this.#announceListeners.push(listener);
  }

  announce(userId: number): void {
    this.#tell(userId);
    for (const listener of this.#announceListeners) listener(userId);
  }

  #tell(userId: number): void {
    for (const listener of this.#listeners) listener(userId);
  }

  /** Polls for what other servers erase, until it is closed. */
  watch(): void {
    this.#timer = setInterval(() => {
      this.poll().catch((error: unknown) =>
        this.#logger.warn({ problem: messageOf(error) }, 'erased accounts cannot be read; trying again'),
      );
    }, POLL_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async poll(): Promise<void> {
    const now = nowSeconds();
    const erased = await this.#database.dataSource
      .getRepository(ErasedAccountEntity)
      .findBy({ erasedAtSeconds: MoreThanOrEqual(this.#polledAtSeconds - OVERLAP_SECONDS) });
    for (const { userId } of erased) this.#tell(userId);
    this.#polledAtSeconds = now;
  }
}
