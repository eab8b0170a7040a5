import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, randomId, type Logger } from '@pocketrocket/runtime';
import { AppEntity, lockApp, type Database, type StoredEventKind } from '@pocketrocket/schema/database';
import { placeholders } from '../database/batches.ts';
import { holdLease, releaseLease } from '../database/lease.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/** Kinds from which nothing follows once they are counted: neither ratings nor dismissals. */
const PASSING: ReadonlySet<StoredEventKind> = new Set(['impression', 'click']);
const SECONDS_PER_DAY = 86_400;
/** Events that are looked at in one statement: SQLite answers in the thread that answers requests. */
const PAGE_ROWS = 500;
const PAUSE_MS = 20;
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;
/** So much before the next sweep another server may take it over. */
const LEASE_MARGIN_SECONDS = 60;

interface RetentionOptions {
  database: Database;
  /** Days for which impressions and clicks are kept after they came; 0 for ever. */
  days: number;
  logger: Logger;
}

/** Deletes impressions and clicks that were kept long enough, from time to time and a page at a time. @returns ends it */
export function startEventRetention(options: RetentionOptions): () => void {
  if (options.days === 0) return () => undefined;
  let isEnded = false;
  const sweep = () =>
    sweepOldEvents(options, () => isEnded).catch((error: unknown) =>
      options.logger.warn(
        { problem: messageOf(error) },
        'old impressions and clicks cannot be deleted; trying again later',
      ),
    );
  const first = setTimeout(() => void sweep(), FIRST_AFTER_MS).unref();
  const timer = setInterval(() => void sweep(), EVERY_MS).unref();
  return () => {
    isEnded = true;
    clearTimeout(first);
    clearInterval(timer);
  };
}

/**
 * Deletes what was kept long enough, where no other server did so lately.
 * @returns how many; null where another server has done so
 */
export async function sweepOldEvents(
  { database, days, logger }: RetentionOptions,
  isEnded?: () => boolean,
): Promise<number | null> {
  const seconds = EVERY_MS / 1_000 - LEASE_MARGIN_SECONDS;
  const lease = { name: 'event retention', owner: randomId(), seconds };
  // Of several servers one walks through the events.
  if (!(await holdLease(database, lease))) return null;
  try {
    const count = await deleteOldEvents(database, nowSeconds() - days * SECONDS_PER_DAY, isEnded);
    if (count > 0) logger.info({ count, days }, 'old impressions and clicks deleted');
    return count;
  } catch (error) {
    // What is left need not wait for the lease's end; where this fails too, it does.
    await releaseLease(database, lease).catch(() => undefined);
    throw error;
  }
}

/**
 * Deletes the impressions and clicks that came before a time. Walks along the key, as nothing else orders events, so that each statement
 * is short however many there are.
 * @returns how many
 */
export async function deleteOldEvents(
  database: Database,
  beforeSeconds: number,
  isEnded: () => boolean = () => false,
): Promise<number> {
  const apps = await database.dataSource.getRepository(AppEntity).find({ select: { appId: true } });
  let count = 0;
  for (const { appId } of apps)
    for (let after: string | null = ''; after !== null && !isEnded(); await sleep(PAUSE_MS)) {
      const page = await readPage(database, appId, after);
      const old = page.filter(
        ({ kind, receivedAtSeconds }) => PASSING.has(kind) && receivedAtSeconds < beforeSeconds,
      );
      await deleteEvents(
        database,
        appId,
        old.map(({ eventId }) => eventId),
      );
      count += old.length;
      after = page.length < PAGE_ROWS ? null : (page.at(-1)?.eventId ?? null);
    }
  return count;
}

interface Kept {
  eventId: string;
  kind: StoredEventKind;
  receivedAtSeconds: number;
}

function readPage({ dataSource }: Database, appId: string, after: string): Promise<Kept[]> {
  return dataSource.query<Kept[]>(
    `SELECT eventId, kind, receivedAtSeconds FROM app_event WHERE appId = ? AND eventId > ? ORDER BY eventId LIMIT ${PAGE_ROWS}`,
    [appId, after],
  );
}

async function deleteEvents(database: Database, appId: string, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await writeInTransaction(database, NO_DEADLINE, async (manager) => {
    // The lock that all take who write an app's events.
    await lockApp(manager, appId);
    await manager.query(`DELETE FROM app_event WHERE appId = ? AND eventId IN (${placeholders(eventIds)})`, [
      appId,
      ...eventIds,
    ]);
  });
}
