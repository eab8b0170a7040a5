import { createClient, ErrorReply, RESP_TYPES } from 'redis';
import { AppError, inCallSpan, messageOf, type Logger } from '@pocketrocket/runtime';

export interface RedisLinkOptions {
  /** `redis://` or `rediss://`, with credentials and the number of the database. */
  url: string;
  /** Name of this process in `CLIENT LIST`. */
  name: string;
  logger: Logger;
  /** Milliseconds that a command may take unless it says otherwise. */
  timeoutMs?: number;
}

/** A word of a command: text, or bytes as they are. */
export type RedisWord = string | Buffer;

const TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_PAUSE_MS = 1_000;
/** After so many deadlines without any answer the connection counts as dead, though nobody has closed it. */
const DEADLINES_TO_RECONNECT = 2;

/**
 * One connection to Redis that never makes anybody wait: commands are refused at once while it is away, and given up after a
 * deadline while it is silent. It reconnects by itself, and says once that Redis has gone and once that it is back.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #client: ReturnType<typeof createClient>;
  readonly #readyListeners = new Set<() => void>();
  #problem: string | null = 'not connected yet';
  #isTold = false;
  #isClosed = false;
  #heardAt = Date.now();

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#client = createClient({
      url: options.url,
      name: options.name,
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: {
        connectTimeout: CONNECT_TIMEOUT_MS,
        reconnectStrategy: (retries) =>
          Math.min(50 * 2 ** retries, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
      },
    });
    this.#client.on('error', (error: unknown) => this.#lost(messageOf(error)));
    this.#client.on('ready', () => this.#found());
    this.#connect();
  }

  /** Why Redis cannot be used just now; null where it can. */
  problem(): string | null {
    return this.#problem && `Redis does not answer: ${this.#problem}`;
  }

  /** Waits until the first attempt to connect has ended. @returns whether Redis can be used */
  async connected(withinMs = CONNECT_TIMEOUT_MS): Promise<boolean> {
    if (this.#client.isReady) return true;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#client.off('ready', done).off('error', done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#client.on('ready', done).on('error', done);
    });
    return this.#client.isReady;
  }

  /** Calls back whenever Redis can be used again. */
  onReady(listener: () => void): void {
    this.#readyListeners.add(listener);
  }

  /**
   * Sends one command.
   * @throws AppError UPSTREAM_UNAVAILABLE where Redis is away, silent for too long, or answers with an error
   */
  command(words: readonly RedisWord[], timeoutMs?: number): Promise<unknown> {
    return this.#answer(words, {}, timeoutMs);
  }

  /** As {@link command}, with texts in the answer as bytes. */
  bytes(words: readonly RedisWord[], timeoutMs?: number): Promise<unknown> {
    return this.#answer(words, { [RESP_TYPES.BLOB_STRING]: Buffer }, timeoutMs);
  }

  /** As {@link command}, with maps in the answer as arrays of keys and values in turn, in the order sent. */
  pairs(words: readonly RedisWord[], timeoutMs?: number): Promise<unknown> {
    return this.#answer(words, { [RESP_TYPES.MAP]: Array }, timeoutMs);
  }

  /** Calls back with every message on a channel, also after reconnecting; one that was sent while Redis was away is lost. */
  async subscribe(channel: string, listener: (message: string) => void): Promise<void> {
    const subscribe = () => this.#client.subscribe(channel, listener);
    if (this.#client.isReady) {
      try {
        return await subscribe();
      } catch {
        // The connection went meanwhile: the next one is told.
      }
    }
    const once = () => {
      this.#readyListeners.delete(once);
      subscribe().catch(() => this.#readyListeners.add(once));
    };
    this.#readyListeners.add(once);
  }

  /** Ends the connection; what is under way is given up. */
  close(): void {
    this.#isClosed = true;
    this.#client.destroy();
  }

  #answer(words: readonly RedisWord[], typeMapping: object, timeoutMs?: number): Promise<unknown> {
    const describe = () => {
      const command = String(words[0]);
      const facts = { 'db.system.name': 'redis', 'db.operation.name': command };
      return { name: `redis ${command}`, facts };
    };
    return inCallSpan(describe, () => this.#send(words, typeMapping, timeoutMs));
  }

  async #send(words: readonly RedisWord[], typeMapping: object, timeoutMs?: number): Promise<unknown> {
    const deadlineMs = timeoutMs ?? this.#options.timeoutMs ?? TIMEOUT_MS;
    let timer: NodeJS.Timeout | undefined;
    // The library's own timeout covers the time until a command is written, not until it is answered.
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer to ${String(words[0])} within ${deadlineMs} ms`));
        this.#reconnectIfSilent();
      }, deadlineMs);
    });
    try {
      const answer = await Promise.race([this.#client.sendCommand([...words], { typeMapping }), silence]);
      this.#heardAt = Date.now();
      return answer;
    } catch (error) {
      if (error instanceof ErrorReply) this.#heardAt = Date.now();
      throw new AppError(
        'UPSTREAM_UNAVAILABLE',
        this.problem() ?? `Redis does not answer: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    } finally {
      clearTimeout(timer);
    }
  }

  #connect(): void {
    // Rejects only when it is closed meanwhile: it tries for ever.
    this.#client.connect().catch(() => undefined);
  }

  #reconnectIfSilent(): void {
    const silentMs = Date.now() - this.#heardAt;
    const isSilent = silentMs >= DEADLINES_TO_RECONNECT * (this.#options.timeoutMs ?? TIMEOUT_MS);
    if (!isSilent || this.#isClosed || !this.#client.isReady) return;
    this.#client.destroy();
    this.#lost('the connection stopped answering');
    this.#connect();
  }

  #lost(problem: string): void {
    // Some errors, such as of a name that resolves to several addresses, have no message.
    this.#problem = problem || 'the connection failed';
    if (this.#isTold || this.#isClosed) return;
    this.#isTold = true;
    this.#options.logger.warn(
      { redis: addressOf(this.#options.url), problem: this.#problem },
      'Redis does not answer',
    );
  }

  #found(): void {
    this.#problem = null;
    this.#isTold = false;
    this.#heardAt = Date.now();
    this.#options.logger.info({ redis: addressOf(this.#options.url) }, 'Redis answers');
    for (const listener of [...this.#readyListeners]) listener();
  }
}

/** The address without its credentials. */
function addressOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
