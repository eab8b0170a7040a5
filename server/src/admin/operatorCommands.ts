import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listModelVersions } from '../operators/modelVersions.ts';
import type { Config } from '@pocketrocket/runtime';
import type { WebhookEventName } from '@pocketrocket/schema/database';
import { exportTexts } from '../exports/exportPages.ts';
import type { ExportRequest } from '../exports/exportRequest.ts';
import { readTraining } from '../model/training.ts';
import { findAccounts, type AccountSearch } from '../operators/accounts.ts';
import { listDataImports } from '../operators/imports.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { createWebhook, deleteWebhook, listWebhooks } from '../webhooks/webhookRepository.ts';
import type { AdminRun } from './appCommands.ts';
import { withDatabase } from './commands.ts';

/** Nothing serves in a command's process. */
const NO_MODELS = { state: () => ({ model: null, problem: null }) };

/** Versions of the model; `isServing` is what a server says of itself, and is left out here. */
export async function modelsOf({ modelDir }: Config, first: number): Promise<object[]> {
  const versions = await listModelVersions({ models: NO_MODELS, modelDir }, first);
  return versions.map(({ isServing: _, ...told }) => told);
}

/** One line of each version, for people. */
export function modelRows(versions: readonly object[]): object[] {
  return (versions as Awaited<ReturnType<typeof listModelVersions>>).map(
    ({ version, state, trainedAt, recipe, dataset, ratingCount, metrics, gate, problem }) => {
      const ndcg = metrics.find(({ name }) => name === 'ndcgAt10');
      return {
        version,
        state,
        trained: trainedAt,
        ...{ recipe, dataset },
        ratings: ratingCount,
        'nDCG@10': ndcg?.value.toFixed(4) ?? null,
        popularity: ndcg?.baseline?.toFixed(4) ?? null,
        gate: gate && `${gate.decision}${gate.isForced ? ', forced' : ''}`,
        problem: problem ?? (gate?.reasons.join('; ') || null),
      };
    },
  );
}

export async function trainingOf({ modelDir }: Config): Promise<object> {
  const { modelVersion: _, ...told } = await readTraining({ models: NO_MODELS, modelDir });
  return told;
}

export function accountsOf(config: Config, search: AccountSearch): Promise<object> {
  return withDatabase(config, async (database) => {
    const { nodes, totalCount, pageInfo } = await findAccounts(database, search);
    return { totalCount, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, accounts: nodes };
  });
}

export function importsOf(config: Config, first: number): Promise<object[]> {
  return withDatabase(config, (database) => listDataImports(database, first));
}

export function webhooksOf(config: Config): Promise<object[]> {
  return withDatabase(config, async (database) =>
    (await listWebhooks(database)).map(({ createdAtSeconds, last, ...told }) => ({
      ...told,
      createdAt: new Date(createdAtSeconds * 1000),
      lastAttemptAt: last && new Date(last.attemptedAtSeconds * 1000),
      lastStatus: last?.status ?? null,
      lastProblem: last?.problem ?? null,
    })),
  );
}

/** Makes a webhook, of which the log notes everything but the secret. @throws AppError BAD_USER_INPUT */
export function makeWebhook(
  { config, logger, changedBy }: AdminRun,
  { url, events }: { url: string; events: WebhookEventName[] },
): Promise<{ webhookId: string; url: string; events: string[]; secret: string }> {
  const rules = { allowsHttp: config.webhooksAllowHttp, allowedHosts: config.webhooksAllowedHosts };
  return withDatabase(config, async (database) => {
    const made = await createWebhook(database, { url, events }, { rules, deadline: NO_DEADLINE });
    const { webhookId, url: address } = made.webhook;
    logger.warn({ webhookId, url: address, events, changedBy }, 'webhook made');
    return { webhookId, url: address, events: made.webhook.events, secret: made.secret };
  });
}

/** @throws AppError NOT_FOUND */
export function removeWebhook({ config, logger, changedBy }: AdminRun, webhookId: string): Promise<void> {
  return withDatabase(config, async (database) => {
    await deleteWebhook(database, webhookId, NO_DEADLINE);
    logger.warn({ webhookId, changedBy }, 'webhook deleted');
  });
}

/** Writes an export as JSON lines, a page at a time. @param out a file, or `-` for stdout */
export function writeExport(config: Config, request: ExportRequest, out: string): Promise<void> {
  return withDatabase(config, async (database) => {
    const lines = Readable.from(exportTexts(database, request), { objectMode: true, highWaterMark: 1 });
    if (out === '-') await pipeline(lines, process.stdout, { end: false });
    else await pipeline(lines, createWriteStream(out, { mode: 0o600 }));
  });
}
