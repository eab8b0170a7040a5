import { LeaseEntity, type Database } from '@pocketrocket/schema/database';
import { writeInTransaction } from './retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/**
 * Takes or keeps the lease of some work: of several servers one has it.
 * @param seconds until another server may take it; longer than clocks of servers differ
 * @returns false where another server has it
 */
export async function holdLease(
  database: Database,
  { name, owner, seconds }: { name: string; owner: string; seconds: number },
): Promise<boolean> {
  return writeInTransaction(database, NO_DEADLINE, async (manager) => {
    const now = nowSeconds();
    // One statement that locks the row: of two servers one finds it as it was.
    await manager.query(
      'UPDATE lease SET owner = ?, expiresAtSeconds = ? WHERE name = ? AND (owner = ? OR expiresAtSeconds <= ?)',
      [owner, now + seconds, name, owner, now],
    );
    const held = await manager.findOneBy(LeaseEntity, { name });
    if (held) return held.owner === owner && held.expiresAtSeconds > now;
    // Of two that insert at once one is tried again, and sees the other's.
    await manager.insert(LeaseEntity, { name, owner, expiresAtSeconds: now + seconds, note: null });
    return true;
  });
}

/** Gives the lease back, so that another server need not wait for its end. */
export async function releaseLease(
  database: Database,
  { name, owner }: { name: string; owner: string },
): Promise<void> {
  await writeInTransaction(database, NO_DEADLINE, (manager) =>
    manager.update(LeaseEntity, { name, owner }, { expiresAtSeconds: 0 }),
  );
}
