import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import PQueue from 'p-queue';
import type { DataSource, EntityManager } from 'typeorm';
import { failureOfSqlite, isOldSnapshot } from './errors.ts';

/** Milliseconds that processes wait for another's lock which nobody waits for: longer than a bulk write that is not an import takes. */
export const PATIENCE_MS = 15_000;

/** Short at first: another server's write takes a few milliseconds. */
const backoff = new ExponentialBackoff({ initialDelay: 2, maxDelay: 40 });

/**
 * Lets statements that meet another process's lock wait without holding the thread, which the driver's own waiting would. A transaction
 * takes the write lock when it begins: it never waits once it has read, or has to be run again.
 * @param waitMs so long a statement waits; a transaction's first one counts from when the transaction was asked for
 * @returns runs transactions one after the other, as one connection cannot hold two
 */
export async function waitAsynchronously(
  dataSource: DataSource,
  waitMs: number,
): Promise<{ transactions: PQueue; transaction: Transaction }> {
  const transactions = new PQueue({ concurrency: 1 });
  /** When the transaction that begins next gives up. */
  let beginUntil: number | null = null;
  // The driver has one runner for its one connection.
  const runner = dataSource.createQueryRunner();
  const run = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
  const query = async (sql: string, ...rest: unknown[]): Promise<unknown> => {
    const until = performance.now() + waitMs;
    if (sql !== 'BEGIN TRANSACTION') return unlocked(() => run(sql, ...rest), until);
    const beginsBy = beginUntil ?? until;
    beginUntil = null;
    try {
      return await unlocked(() => run('BEGIN IMMEDIATE', ...rest), beginsBy);
    } catch (error) {
      // TypeORM believes that it began.
      Object.assign(runner, { isTransactionActive: false });
      throw error;
    }
  };
  Object.assign(runner, { query });
  await dataSource.query('PRAGMA busy_timeout = 0');
  return {
    transactions,
    transaction(work) {
      const until = performance.now() + waitMs;
      const begin = () => {
        beginUntil = until;
        return dataSource.transaction(work);
      };
      return transactions.add(begin, { throwOnTimeout: true });
    },
  };
}

type Transaction = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** Runs a statement, again after a pause as long as another process holds the lock, the last time when the time is up. */
async function unlocked(run: () => Promise<unknown>, until: number): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (!isWorthWaiting(error, until)) throw error;
    const patience = handleWhen((later) => isWorthWaiting(later, until));
    return retry(patience, { maxAttempts: Infinity, backoff }).execute(run);
  }
}

function isWorthWaiting(error: unknown, until: number): boolean {
  if (performance.now() >= until) return false;
  const cause = error instanceof Error && 'driverError' in error ? error.driverError : error;
  return failureOfSqlite(cause) === 'busy' && !isOldSnapshot(cause);
}
