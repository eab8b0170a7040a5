import type { Logger } from '@pocketrocket/runtime';

/** Everything that was opened, to be closed in reverse order. */
export class Closers {
  readonly #logger: Logger;
  readonly #closers: (() => unknown)[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  push(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Closes all; a failure is logged, and the others are closed all the same. */
  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        this.#logger.error({ err: error }, 'closing failed');
      }
    }
  }
}
