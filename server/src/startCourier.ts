import { readCurrentVersion } from '@pocketrocket/model/artifact';
import { AppError, isUnavailable, type Config } from '@pocketrocket/runtime';
import type { ApiDeps } from './graphql/deps.ts';
import type { SharedRedis } from './model/sharedRedis.ts';
import { Courier, type Publication } from './webhooks/courier.ts';
import { createWebhookAgent } from './webhooks/webhookAgent.ts';

export interface CourierDeps {
  config: Pick<Config, 'modelDir'>;
  deps: Pick<ApiDeps, 'database' | 'logger' | 'operators'>;
  redis: SharedRedis | null;
}

/** Delivers webhooks from now on. @returns ends it */
export function startCourier({
  config: { modelDir },
  deps: { database, logger, operators },
  redis,
}: CourierDeps): () => Promise<void> {
  const courier = new Courier({
    database,
    dispatcher: createWebhookAgent(operators.webhooks),
    published: () => latestPublication(modelDir, redis),
    logger,
  });
  courier.watch();
  return () => courier.close();
}

/** Of the publications on disk and in Redis the later one; null where there is none, or none can be read. */
async function latestPublication(modelDir: string, redis: SharedRedis | null): Promise<Publication | null> {
  const onDisk = await readCurrentVersion(modelDir).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  const stored = await redis?.store.readPointer().catch((error: unknown) => {
    if (isUnavailable(error)) return null;
    throw error;
  });
  const inRedis = stored?.pointer ?? null;
  if (!onDisk || !inRedis) return onDisk ?? inRedis;
  return Date.parse(onDisk.changedAt) >= Date.parse(inRedis.changedAt) ? onDisk : inRedis;
}
