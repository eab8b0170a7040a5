import { AppError } from '@pocketrocket/runtime';
import {
  API_SCOPES,
  ApiKeyEntity,
  AppEntity,
  KEY_NAME_LENGTH,
  type StoredScope,
  lockApp,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { checkText, refuse } from '../arguments/checks.ts';
import type { BucketRules } from '../budgets/bucket.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { ManagingDeps } from './manageApps.ts';
import { makeSecret, randomKeyId, writeKey } from './keyText.ts';

/** A key with what is sent of it, which can be told this once. */
export interface MadeKey {
  key: ApiKeyEntity;
  secret: string;
}

export interface NewKey {
  appId: string;
  name: string;
  scopes: readonly StoredScope[];
  /** Of its budget, as `defaults` where they are left out. */
  perSecond?: number | null | undefined;
  burst?: number | null | undefined;
  expiresAt?: Date | null | undefined;
}

/** Bounds of a key's budget: one that is smaller could pay for nothing. */
export const MIN_BURST = 1_000;
export const MAX_BUDGET = 10_000_000;
export const MAX_OVERLAP_SECONDS = 30 * 86_400;
/** Keys that an app may have, revoked ones too. */
const MAX_KEYS = 100;

/**
 * Makes an API key.
 * @param defaults its budget, where it is not given
 * @throws AppError NOT_FOUND; BAD_USER_INPUT for a bad name, no scope, a budget out of range, a time that is past, too many keys
 */
export async function createApiKey(
  { database, logger, changedBy }: ManagingDeps,
  { appId, name, scopes, expiresAt, ...budget }: NewKey,
  defaults: BucketRules,
  deadline: Deadline,
): Promise<MadeKey> {
  const { secret, secretHash } = makeSecret();
  const now = nowSeconds();
  const key: ApiKeyEntity = {
    keyId: randomKeyId(),
    appId,
    name: checkText(name, 'name', KEY_NAME_LENGTH),
    secretHash,
    previousHash: null,
    previousUntilSeconds: null,
    scopes: checkScopes(scopes),
    perSecond: checkWhole(budget.perSecond ?? defaults.perSecond, 'perSecond', 1, MAX_BUDGET),
    burst: checkWhole(budget.burst ?? defaults.burst, 'burst', MIN_BURST, MAX_BUDGET),
    createdAtSeconds: now,
    expiresAtSeconds: expiresAt ? checkFuture(expiresAt, now) : null,
    lastUsedAtSeconds: null,
    revokedAtSeconds: null,
  };
  await writeInTransaction(database, deadline, async (manager) => {
    await lockApp(manager, appId);
    if (!(await manager.existsBy(AppEntity, { appId })))
      throw new AppError('NOT_FOUND', `there is no app ${appId}`);
    if ((await manager.countBy(ApiKeyEntity, { appId })) >= MAX_KEYS)
      refuse(`an app may have ${MAX_KEYS} keys, revoked ones too`);
    await manager.insert(ApiKeyEntity, key);
  });
  logger.warn({ appId, keyId: key.keyId, scopes: key.scopes, changedBy }, 'API key made');
  return { key, secret: writeKey({ keyId: key.keyId, secret }) };
}

/**
 * Gives a key a new secret; the old one holds for a while yet.
 * @throws AppError NOT_FOUND; BAD_USER_INPUT for a key that was revoked, or an overlap of more than 30 days
 */
export async function rotateApiKey(
  { database, logger, changedBy }: ManagingDeps,
  { keyId, overlapSeconds }: { keyId: string; overlapSeconds: number },
  deadline: Deadline,
): Promise<MadeKey> {
  checkWhole(overlapSeconds, 'overlapSeconds', 0, MAX_OVERLAP_SECONDS);
  const { secret, secretHash } = makeSecret();
  const key = await writeInTransaction(database, deadline, async (manager) => {
    const held = await heldKey(manager, keyId);
    if (held.revokedAtSeconds !== null) refuse(`API key ${keyId} has been revoked; make another one`);
    const change = {
      secretHash,
      previousHash: overlapSeconds > 0 ? held.secretHash : null,
      previousUntilSeconds: overlapSeconds > 0 ? nowSeconds() + overlapSeconds : null,
    };
    await manager.update(ApiKeyEntity, { keyId }, change);
    return { ...held, ...change };
  });
  logger.warn({ appId: key.appId, keyId, overlapSeconds, changedBy }, 'API key rotated');
  return { key, secret: writeKey({ keyId, secret }) };
}

/** Ends a key, within seconds on all servers; one that was revoked stays so. @throws AppError NOT_FOUND */
export async function revokeApiKey(
  { database, logger, changedBy }: ManagingDeps,
  keyId: string,
  deadline: Deadline,
): Promise<ApiKeyEntity> {
  const key = await writeInTransaction(database, deadline, async (manager) => {
    const held = await heldKey(manager, keyId);
    if (held.revokedAtSeconds !== null) return held;
    const revokedAtSeconds = nowSeconds();
    await manager.update(ApiKeyEntity, { keyId }, { revokedAtSeconds });
    return { ...held, revokedAtSeconds };
  });
  logger.warn({ appId: key.appId, keyId, changedBy }, 'API key revoked');
  return key;
}

async function heldKey(manager: EntityManager, keyId: string): Promise<ApiKeyEntity> {
  // Locks the row: what is read afterwards is the latest.
  await manager.query('UPDATE api_key SET createdAtSeconds = createdAtSeconds WHERE keyId = ?', [keyId]);
  const key = await manager.findOneBy(ApiKeyEntity, { keyId });
  if (!key) throw new AppError('NOT_FOUND', `there is no API key ${keyId}`);
  return key;
}

function checkScopes(scopes: readonly StoredScope[]): string {
  if (scopes.length === 0) refuse(`give at least one scope: ${API_SCOPES.join(', ')}`);
  return API_SCOPES.filter((scope) => scopes.includes(scope)).join(',');
}

function checkWhole(value: number, name: string, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    refuse(`${name} must be a whole number from ${least} to ${most}; it is ${value}`);
  return value;
}

/** Unix time. @throws AppError BAD_USER_INPUT for a time that is past */
function checkFuture(time: Date, now: number): number {
  const seconds = Math.floor(time.getTime() / 1000);
  if (!(seconds > now)) refuse('expiresAt must be in the future');
  // Seconds end in 2038 in the databases.
  return Math.min(seconds, 2 ** 31 - 1);
}
