/** Many subscribers in a process of its own. Gets its orders by IPC, and tells how many lists of which model have come. */
import { subscribe } from './liveClient.ts';

export interface CrowdOrders {
  origin: string;
  count: number;
  /** Users whose lists are asked for, in turn. */
  userIds: readonly number[];
}

export interface CrowdNews {
  /** Subscribers that have a list. */
  open: number;
  /** Those whose last list is of the newest model of which one has come. */
  newest: number;
  modelVersion: number;
  problem: string | null;
}

/** Subscriptions that are opened side by side. */
const AT_ONCE = 32;
const TELL_MS = 100;

process.once('message', (orders: CrowdOrders) => void gather(orders));

async function gather({ origin, count, userIds }: CrowdOrders): Promise<void> {
  const versions = new Int32Array(count);
  let open = 0;
  let next = 0;
  let problem: string | null = null;
  const openSome = async () => {
    for (let at = next++; at < count; at = next++) {
      await subscribe({
        origin,
        userId: userIds[at % userIds.length] ?? 1,
        onList: ({ served }) => (versions[at] = Number(served.modelVersion)),
      });
      open++;
    }
  };
  setInterval(() => {
    const modelVersion = versions.reduce((most, version) => Math.max(most, version), 0);
    const newest = versions.reduce((sum, version) => sum + (version === modelVersion ? 1 : 0), 0);
    process.send?.({ open, newest, modelVersion, problem } satisfies CrowdNews);
  }, TELL_MS);
  await Promise.all(Array.from({ length: AT_ONCE }, openSome)).catch((error: unknown) => {
    problem = String(error);
  });
}
