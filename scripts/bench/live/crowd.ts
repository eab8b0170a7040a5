/** Many subscribers in a process of its own. Gets its orders by IPC, and tells how many lists of which model have come. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { subscribe } from './liveClient.ts';

export interface CrowdOrders {
  origin: string;
  count: number;
  /** Users whose lists are asked for, in turn. */
  userIds: readonly number[];
  /** Once all are open, one leaves and another comes so often; 0 for never. */
  churnMs: number;
}

export interface CrowdNews {
  /** Subscribers that have a list. */
  open: number;
  /** Those whose last list is of the newest model of which one has come. */
  newest: number;
  modelVersion: number;
  problem: string | null;
  /** Subscribers that have left, each for another. */
  left: number;
}

/** Subscriptions that are opened side by side. */
const AT_ONCE = 32;
const TELL_MS = 100;

process.once('message', (orders: CrowdOrders) => void gather(orders));

async function gather({ origin, count, userIds, churnMs }: CrowdOrders): Promise<void> {
  const versions = new Int32Array(count);
  let open = 0;
  let next = 0;
  let problem: string | null = null;
  let left = 0;
  const sockets: WebSocket[] = [];
  const openOne = (at: number) =>
    subscribe({
      origin,
      userId: userIds[at % userIds.length] ?? 1,
      onList: ({ served }) => (versions[at] = Number(served.modelVersion)),
    });
  const openSome = async () => {
    for (let at = next++; at < count; at = next++) {
      sockets[at] = await openOne(at);
      open++;
    }
  };
  const exchangeOne = async () => {
    const at = left % count;
    sockets[at]?.terminate();
    sockets[at] = await openOne(at);
    left++;
  };
  setInterval(() => {
    const modelVersion = versions.reduce((most, version) => Math.max(most, version), 0);
    const newest = versions.reduce((sum, version) => sum + (version === modelVersion ? 1 : 0), 0);
    process.send?.({ open, newest, modelVersion, problem, left } satisfies CrowdNews);
  }, TELL_MS);
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, openSome));
    while (churnMs > 0) {
      await exchangeOne();
      await sleep(churnMs);
    }
  } catch (error) {
    problem = String(error);
  }
}
