import { messageOf, type Logger, randomId } from '@pocketrocket/runtime';
import {
  LeaseEntity,
  WebhookDeliveryEntity,
  WebhookEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { LessThanOrEqual } from 'typeorm';
import type { Dispatcher } from 'undici';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { deliver } from './deliver.ts';
import { holdLease, releaseLease } from '../database/lease.ts';
import { addToOutbox } from './outbox.ts';

/** A publication of a model. */
export interface Publication {
  version: number;
  /** ISO 8601, UTC. */
  changedAt: string;
}

export interface CourierOptions {
  database: Database;
  dispatcher: Dispatcher;
  /** The last publication; null where nothing is, or where it cannot be read just now. */
  published: () => Promise<Publication | null>;
  logger: Logger;
  /** Unix seconds. */
  nowSeconds?: () => number;
  /** From 0 to 1. */
  random?: () => number;
}

const LEASE = 'webhooks';
const POLL_MS = 2_000;
/** Longer than clocks of servers differ, and than the database may be away. */
const LEASE_SECONDS = 60;
/** Deliveries of one webhook that are sent without looking who else is due. */
const LANE_LENGTH = 50;
const FIRST_PAUSE_SECONDS = 10;
const MAX_PAUSE_SECONDS = 3_600;
/** After so long a delivery is given up. */
export const GIVE_UP_SECONDS = 86_400;
const KEEP_DELIVERED_SECONDS = 7 * 86_400;
const KEEP_FAILED_SECONDS = 30 * 86_400;
const TIDY_SECONDS = 3_600;

/**
 * Delivers what stands in the outbox, and notices what is published. Of several servers the one that holds the lease does so. A slow
 * receiver delays its own deliveries alone.
 */
export class Courier {
  readonly #options: Required<CourierOptions>;
  readonly #owner = randomId();
  readonly #closing = new AbortController();
  /** Webhooks to which something is being sent. */
  readonly #lanes = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isHolder = false;
  #isAway = false;
  #tidiedAtSeconds = 0;

  constructor(options: CourierOptions) {
    this.#options = { nowSeconds, random: Math.random, ...options };
  }

  /** Looks every so often until closed. */
  watch(): void {
    this.#timer = setInterval(() => void this.look(), POLL_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#looking;
    await this.settled();
    const { database, dispatcher } = this.#options;
    if (this.#isHolder)
      await releaseLease(database, { name: LEASE, owner: this.#owner }).catch(() => undefined);
    await dispatcher.destroy();
  }

  /** Looks now, and sends what is due. Never rejects: what goes wrong is told by the log and tried again. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Resolves once nothing is being sent. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  async #look(): Promise<void> {
    const { database, logger } = this.#options;
    try {
      if (!(await database.dataSource.getRepository(WebhookEntity).exists())) return;
      this.#isHolder = await holdLease(database, { name: LEASE, owner: this.#owner, seconds: LEASE_SECONDS });
      if (!this.#isHolder) return;
      await this.#noticePublication();
      await this.#tidy();
      for (const webhookId of await this.#dueWebhooks()) this.#openLane(webhookId);
      this.#isAway = false;
    } catch (error) {
      this.#isHolder = false;
      if (!this.#isAway)
        logger.warn({ problem: messageOf(error) }, 'webhooks wait: the database cannot be used');
      this.#isAway = true;
    }
  }

  /** Writes an event where another version is published than when somebody last looked, whoever published it. */
  async #noticePublication(): Promise<void> {
    const { database, published } = this.#options;
    const now = await published();
    if (!now) return;
    const note = `${now.version} ${now.changedAt}`;
    const before = await database.dataSource.getRepository(LeaseEntity).findOneBy({ name: LEASE });
    if (before?.note === note) return;
    await writeInTransaction(database, NO_DEADLINE, async (manager) => {
      // Locks the row: of two servers that take each other for gone, one tells.
      await manager.query('UPDATE lease SET expiresAtSeconds = expiresAtSeconds WHERE name = ?', [LEASE]);
      const lease = await manager.findOneBy(LeaseEntity, { name: LEASE });
      const [version = '', changedAt = ''] = lease?.note?.split(' ') ?? [];
      // Servers may see what is published at different times; removing old versions publishes nothing.
      const isLater = changedAt === '' || Date.parse(now.changedAt) > Date.parse(changedAt);
      if (!isLater) return;
      await manager.update(LeaseEntity, { name: LEASE }, { note });
      if (version === String(now.version)) return;
      const data = { version: String(now.version), publishedAt: now.changedAt };
      await addToOutbox(manager, 'model.published', data, Math.floor(Date.parse(now.changedAt) / 1000));
    });
  }

  async #dueWebhooks(): Promise<string[]> {
    const rows = await this.#options.database.dataSource
      .getRepository(WebhookDeliveryEntity)
      .createQueryBuilder('delivery')
      .select('delivery.webhookId', 'webhookId')
      .distinct()
      .where("delivery.state = 'pending' AND delivery.nextAttemptAtSeconds <= :now", {
        now: this.#options.nowSeconds(),
      })
      .getRawMany<{ webhookId: string }>();
    return rows.map(({ webhookId }) => webhookId);
  }

  #openLane(webhookId: string): void {
    if (this.#lanes.has(webhookId)) return;
    const { logger } = this.#options;
    const lane = this.#sendDue(webhookId)
      .catch((error: unknown) =>
        logger.warn({ problem: messageOf(error), webhookId }, 'deliveries wait: the database cannot be used'),
      )
      .finally(() => this.#lanes.delete(webhookId));
    this.#lanes.set(webhookId, lane);
  }

  /** Sends what is due to a webhook, oldest first, until one fails: then the others wait for the next look. */
  async #sendDue(webhookId: string): Promise<void> {
    const { database, nowSeconds } = this.#options;
    const webhook = await database.dataSource.getRepository(WebhookEntity).findOneBy({ webhookId });
    const due = await database.dataSource.getRepository(WebhookDeliveryEntity).find({
      where: { webhookId, state: 'pending', nextAttemptAtSeconds: LessThanOrEqual(nowSeconds()) },
      order: { nextAttemptAtSeconds: 'ASC', deliveryId: 'ASC' },
      take: LANE_LENGTH,
    });
    for (const delivery of due) {
      if (!this.#isHolder || this.#closing.signal.aborted) return;
      if (!(await this.#attempt(webhook, delivery))) return;
    }
  }

  /** @param webhook null where it was deleted meanwhile @returns true where the receiver has taken it */
  async #attempt(webhook: WebhookEntity | null, delivery: WebhookDeliveryEntity): Promise<boolean> {
    const { database, dispatcher, logger, nowSeconds, random } = this.#options;
    const { deliveryId, webhookId, event, attempts, createdAtSeconds } = delivery;
    const repository = database.dataSource.getRepository(WebhookDeliveryEntity);
    if (!webhook) {
      await repository.delete({ webhookId });
      return false;
    }
    const { signal } = this.#closing;
    const outcome = await deliver(webhook, delivery, { dispatcher, signal, nowSeconds: nowSeconds() });
    // The next server sends it: receivers know it by its id.
    if (signal.aborted && outcome.problem !== null) return false;
    const now = nowSeconds();
    const isDone = outcome.problem === null;
    const isGivenUp = !isDone && now - createdAtSeconds >= GIVE_UP_SECONDS;
    const stateIfFailed = isGivenUp ? 'failed' : 'pending';
    await repository.update(
      { deliveryId, state: 'pending' },
      {
        ...outcome,
        state: isDone ? 'delivered' : stateIfFailed,
        // It may name somebody who was erased, and nobody needs it any more.
        ...((isDone || isGivenUp) && { data: {} }),
        attempts: attempts + 1,
        attemptedAtSeconds: now,
        nextAttemptAtSeconds: now + pauseSeconds(attempts + 1, random()),
      },
    );
    if (isGivenUp) logger.error({ deliveryId, webhookId, event, ...outcome }, 'webhook given up');
    else if (!isDone) logger.warn({ deliveryId, webhookId, event, ...outcome }, 'webhook not delivered');
    return isDone;
  }

  async #tidy(): Promise<void> {
    const { database, nowSeconds } = this.#options;
    const now = nowSeconds();
    if (now - this.#tidiedAtSeconds < TIDY_SECONDS) return;
    this.#tidiedAtSeconds = now;
    const deliveries = database.dataSource.getRepository(WebhookDeliveryEntity);
    const until = (seconds: number) => ({ nextAttemptAtSeconds: LessThanOrEqual(now - seconds) });
    await deliveries.delete({ state: 'delivered', ...until(KEEP_DELIVERED_SECONDS) });
    await deliveries.delete({ state: 'failed', ...until(KEEP_FAILED_SECONDS) });
  }
}

/**
 * Exponential, with jitter, so that a receiver which comes back is not flooded.
 * @param attempts that failed
 * @param random from 0 to 1
 */
export function pauseSeconds(attempts: number, random: number): number {
  const longest = Math.min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (attempts - 1));
  return Math.ceil((longest * (1 + random)) / 2);
}
