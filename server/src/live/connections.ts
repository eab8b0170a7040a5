import { messageOf, type Logger } from '@pocketrocket/runtime';
import { CLOSE, type LiveClient, type LiveRequest } from '../api/livePort.ts';
import type { Viewer } from '../accounts/sessions.ts';
import type { Changes } from '../changes/changes.ts';
import { Tally } from '../counters/tally.ts';
import { nowSeconds } from '../timing/clock.ts';
import { ByUser } from './byUser.ts';
import { isUnauthenticated, type Subscriber } from './subscriptions.ts';

export interface ConnectionDeps {
  viewerOf: (authorization: string | undefined) => () => Promise<Viewer | null>;
  appOf: (authorization: string | undefined, address: string) => () => Promise<unknown>;
  changes: Changes;
  limits: SubscriptionLimits;
  logger: Logger;
}

/** Subscriptions that may be open in this thread. */
export interface SubscriptionLimits {
  ofConnection: number;
  ofAddress: number;
  inAll: number;
}

const TICK_MS = 1_000;
/** Every sign-in is looked at anew within so many ticks, for what nobody told. */
const ROUND_TICKS = 30;

/** A connection of a client, over which several subscriptions may go. */
export class Connection implements Subscriber {
  readonly requestId: string;
  readonly address: string;
  readonly client: LiveClient;
  readonly #all: Connections;
  authorization: string | undefined;
  /** Of the token; null without one. */
  expiresAtSeconds: number | null = null;
  userId: number | null = null;
  numSubscriptions = 0;
  isClosed = false;

  constructor(all: Connections, { requestId, address }: LiveRequest, client: LiveClient) {
    this.#all = all;
    this.requestId = requestId;
    this.address = address;
    this.client = client;
  }

  standing: Subscriber['standing'] = (standing) => this.client.standing(standing);

  onUnauthenticated = (): Promise<boolean> => this.#all.recheck(this);
}

/** The connections of this thread: who is signed in on them, and for how long that holds. */
export class Connections {
  readonly #deps: ConnectionDeps;
  readonly #all = new Set<Connection>();
  readonly #byUser = new ByUser<Connection>();
  readonly #byAddress = new Tally();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #numSubscriptions = 0;
  #round: Iterator<Connection> | null = null;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
    this.#unsubscribe = deps.changes.onChange((userIds) => {
      for (const userId of userIds)
        for (const connection of this.#byUser.of(userId)) void this.recheck(connection);
    });
  }

  get size(): number {
    return this.#all.size;
  }

  open(request: LiveRequest, client: LiveClient): Connection {
    const connection = new Connection(this, request, client);
    this.#all.add(connection);
    return connection;
  }

  forget(connection: Connection): void {
    connection.isClosed = true;
    this.#all.delete(connection);
    this.#setUser(connection, null);
  }

  /** Takes over who is signed in. @throws AppError UNAUTHENTICATED where that does not hold */
  async signIn(connection: Connection, authorization: string | undefined): Promise<void> {
    connection.authorization = authorization;
    await this.#deps.appOf(authorization, connection.address)();
    const viewer = await this.#deps.viewerOf(authorization)();
    connection.expiresAtSeconds = viewer?.expiresAtSeconds ?? null;
    if (!connection.isClosed) this.#setUser(connection, viewer?.userId ?? null);
  }

  /**
   * Looks whether the sign-in still holds, and sends the client away if not: with another token it may come again.
   * @returns true where it was sent away
   */
  async recheck(connection: Connection): Promise<boolean> {
    if (connection.authorization === undefined || connection.isClosed) return false;
    try {
      await this.signIn(connection, connection.authorization);
      return false;
    } catch (error) {
      // What cannot be read now is looked at in the next round.
      if (!isUnauthenticated(error)) return false;
      this.#deps.logger.debug({ requestId: connection.requestId }, 'a sign-in has ended');
      connection.client.close(CLOSE.FORBIDDEN, `Forbidden: ${messageOf(error)}`);
      return true;
    }
  }

  /** Takes room for one more subscription. @returns null for it, else why there is none */
  enter(connection: Connection): string | null {
    const { ofConnection, ofAddress, inAll } = this.#deps.limits;
    if (connection.numSubscriptions >= ofConnection)
      return `A connection may have ${ofConnection} subscriptions: end others first, or open another connection.`;
    if (this.#byAddress.of(connection.address) >= ofAddress || this.#numSubscriptions >= inAll)
      return 'There are too many subscriptions: try again in a moment.';
    connection.numSubscriptions++;
    this.#numSubscriptions++;
    this.#byAddress.add(connection.address);
    return null;
  }

  leave(connection: Connection): void {
    connection.numSubscriptions--;
    this.#numSubscriptions--;
    this.#byAddress.remove(connection.address);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  #setUser(connection: Connection, userId: number | null): void {
    const before = connection.userId;
    if (before === userId) return;
    connection.userId = userId;
    if (before !== null) this.#byUser.delete(before, connection);
    if (userId !== null) this.#byUser.add(userId, connection);
  }

  #tick(): void {
    const now = nowSeconds();
    for (const connection of this.#all)
      if (connection.expiresAtSeconds !== null && connection.expiresAtSeconds <= now)
        void this.recheck(connection);
    for (let count = Math.ceil(this.#all.size / ROUND_TICKS); count > 0; count--) {
      this.#round ??= this.#all.values();
      const next = this.#round.next();
      if (next.done) this.#round = null;
      else void this.recheck(next.value);
    }
  }
}
