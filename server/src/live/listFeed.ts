import { setImmediate as turn } from 'node:timers/promises';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import type { StoredUser } from '../loaders/requestScope.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import { ByUser } from './byUser.ts';
import { Signs } from './signs.ts';

export interface ListFeedDeps {
  changes: Changes;
  models: ModelProvider;
  catalogue: Pick<CatalogueSource, 'current'>;
  /** One entry per id, in the order asked; null where there is none. */
  usersByIds: (userIds: readonly number[]) => Promise<(StoredUser | null)[]>;
  /** Tells of a user all that lists depend on, as answers note it. */
  stateOf: (user: StoredUser) => string;
  /** Users' versions are looked at so often, for changes that nobody told. */
  lookEveryMs: number;
  logger: Logger;
}

/** Another model or catalogue is noticed within so long. */
const EXCHANGE_MS = 250;
/** Subscriptions that are woken in one turn of the event loop. */
const MAX_MARKS = 100;
/** Users whose versions are read at once: SQLite answers in this thread. */
const MAX_USERS = 500;

/** Tells subscriptions to lists when theirs may have changed. Does nothing while there is none. */
export class ListFeed {
  readonly #deps: ListFeedDeps;
  readonly #byUser = new ByUser<Signs>();
  readonly #timers: NodeJS.Timeout[];
  readonly #unsubscribe: () => void;
  #serving: readonly unknown[];
  #isLooking = false;

  constructor(deps: ListFeedDeps) {
    this.#deps = deps;
    this.#serving = this.#readServing();
    this.#unsubscribe = deps.changes.onChange((userIds) => {
      for (const userId of userIds) for (const signs of this.#byUser.of(userId)) signs.mark('change');
    });
    this.#timers = [
      setInterval(() => this.#lookAtServing(), EXCHANGE_MS),
      setInterval(() => void this.look(), deps.lookEveryMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** The signs of one subscription to a user's list. */
  of(userId: number): Signs {
    const signs = new Signs(userId, (ended) => this.#byUser.delete(userId, ended));
    this.#byUser.add(userId, signs);
    return signs;
  }

  /** Compares users' versions with those that answers were made of; what cannot be read now is read the next time. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const userIds = [...this.#byUser.userIds()];
      for (let start = 0; start < userIds.length; start += MAX_USERS) {
        await this.#compare(userIds.slice(start, start + MAX_USERS));
        await turn();
      }
    } catch (error) {
      this.#deps.logger.debug({ problem: messageOf(error) }, 'versions of users cannot be read');
    } finally {
      this.#isLooking = false;
    }
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#unsubscribe();
  }

  async #compare(userIds: readonly number[]): Promise<void> {
    const users = await this.#deps.usersByIds(userIds);
    for (const [place, userId] of userIds.entries()) {
      const user = users[place] ?? null;
      const now = user && this.#deps.stateOf(user);
      for (const signs of this.#byUser.of(userId))
        if (signs.state !== null && signs.state !== now) signs.mark('change');
    }
  }

  #readServing(): readonly unknown[] {
    return [this.#deps.models.state().model, this.#deps.catalogue.current()];
  }

  #lookAtServing(): void {
    const now = this.#readServing();
    if (now.every((part, place) => part === this.#serving[place])) return;
    this.#serving = now;
    void this.#markAll();
  }

  async #markAll(): Promise<void> {
    let count = 0;
    for (const signs of this.#byUser.all()) {
      signs.mark('exchange');
      if (++count % MAX_MARKS === 0) await turn();
    }
  }
}
