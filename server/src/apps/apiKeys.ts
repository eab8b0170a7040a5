import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { ApiKeyEntity } from '@pocketrocket/schema/database';
import { type Database, type StoredScope } from '@pocketrocket/schema/database';
import { LRUCache } from 'lru-cache';
import { bearerIn, isApiKey } from '../accounts/authorization.ts';
import { refuseUntil } from '../accounts/attempts.ts';
import type { Counters } from '../accounts/counters.ts';
import { householdOf } from '../counters/networks.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { AppAccess } from './appAccess.ts';
import { isSecretOf, readKey } from './keyText.ts';

/** A revoked key may be used for so long yet, by threads that have just read it. */
const KEPT_MS = 2_000;
const MAX_KEPT = 1_000;
const MAX_KNOWN = 5_000;
const USE_NOTED_SECONDS = 60;
/** Keys from one address that are none, in a quarter of an hour; as attempts to sign in. */
export const MAX_WRONG_KEYS = 100;
const WRONG_KEYS = { name: 'wrong-keys', windowSeconds: 15 * 60 };

type KeyRow = Pick<
  ApiKeyEntity,
  | 'keyId'
  | 'appId'
  | 'secretHash'
  | 'previousHash'
  | 'previousUntilSeconds'
  | 'scopes'
  | 'perSecond'
  | 'burst'
  | 'expiresAtSeconds'
  | 'lastUsedAtSeconds'
  | 'revokedAtSeconds'
> & { sharesUsers: number };

export interface ApiKeysOptions {
  database: Database;
  counters: Counters;
  logger: Logger;
  /** The time, in Unix seconds. */
  clock?: () => number;
}

/** Reads what API keys may do. Rows are kept for two seconds, so that a revocation holds after that on all threads and servers. */
export class ApiKeys {
  readonly #options: ApiKeysOptions;
  readonly #clock: () => number;
  readonly #kept = new LRUCache<string, Promise<KeyRow | null>>({ max: MAX_KEPT, ttl: KEPT_MS });
  /** Keys that have been used from an address: others who guess from it do not keep them out. */
  readonly #known = new LRUCache<string, true>({ max: MAX_KNOWN });

  constructor(options: ApiKeysOptions) {
    this.#options = options;
    this.#clock = options.clock ?? nowSeconds;
  }

  /** Reads lazily, and once, the access of a request by its authorization header; null where that has no API key. */
  of(authorization: string | undefined, address: string): () => Promise<AppAccess | null> {
    let access: Promise<AppAccess | null> | undefined;
    return () => (access ??= this.#read(authorization, address));
  }

  /** Forgets a key at once in this thread. */
  forget(keyId: string): void {
    this.#kept.delete(keyId);
  }

  async #read(authorization: string | undefined, address: string): Promise<AppAccess | null> {
    const text = authorization === undefined ? undefined : bearerIn(authorization);
    return text !== undefined && isApiKey(text) ? this.accessOf(text, address) : null;
  }

  /**
   * The access that a key gives.
   * @throws AppError UNAUTHENTICATED for one that is unknown, expired or revoked; RATE_LIMITED after too many unknown ones from an address
   */
  async accessOf(text: string, address: string): Promise<AppAccess> {
    const key = readKey(text);
    const household = householdOf(address);
    if (!key) return this.#refuse(household);
    const known = `${key.keyId} ${household}`;
    if (!this.#kept.has(key.keyId) && !this.#known.has(known)) await this.#checkGuesses(household);
    const row = await this.#rowOf(key.keyId);
    if (!row || !this.#isRight(row, key.secret)) return this.#refuse(household);
    this.#checkHolds(row);
    this.#known.set(known, true);
    this.#noteUse(row);
    return {
      appId: row.appId,
      keyId: row.keyId,
      scopes: new Set(row.scopes.split(',') as StoredScope[]),
      sharesUsers: row.sharesUsers === 1,
      budget: { perSecond: row.perSecond, burst: row.burst },
    };
  }

  #rowOf(keyId: string): Promise<KeyRow | null> {
    const kept = this.#kept.get(keyId);
    if (kept) return kept;
    const read = this.#options.database.dataSource
      .query<KeyRow[]>(
        `SELECT api_key.*, app.sharesUsers FROM api_key JOIN app ON app.appId = api_key.appId WHERE api_key.keyId = ?`,
        [keyId],
      )
      .then(([row]) => {
        // What is none is asked for again: a guesser must not push out what is used.
        if (!row) this.#kept.delete(keyId);
        return row ?? null;
      });
    this.#kept.set(keyId, read);
    read.catch(() => this.#kept.delete(keyId));
    return read;
  }

  #isRight({ secretHash, previousHash, previousUntilSeconds }: KeyRow, secret: string): boolean {
    if (isSecretOf(secret, secretHash)) return true;
    return (
      previousHash !== null && (previousUntilSeconds ?? 0) > this.#clock() && isSecretOf(secret, previousHash)
    );
  }

  #checkHolds({ revokedAtSeconds, expiresAtSeconds }: KeyRow): void {
    if (revokedAtSeconds !== null) throw new AppError('UNAUTHENTICATED', 'this API key has been revoked');
    if (expiresAtSeconds !== null && expiresAtSeconds <= this.#clock())
      throw new AppError('UNAUTHENTICATED', 'this API key has expired; ask for another one');
  }

  async #checkGuesses(household: string): Promise<void> {
    const { count, resetsInMs } = await this.#options.counters.add(WRONG_KEYS, household, 0);
    if (count > MAX_WRONG_KEYS) refuseUntil(resetsInMs, 'too many wrong API keys');
  }

  async #refuse(household: string): Promise<never> {
    const { count, resetsInMs } = await this.#options.counters.add(WRONG_KEYS, household);
    if (count > MAX_WRONG_KEYS) refuseUntil(resetsInMs, 'too many wrong API keys');
    throw new AppError(
      'UNAUTHENTICATED',
      'this API key is not valid; a key begins with pr_ and is sent whole',
    );
  }

  /** Beside the request, which must not wait for it, nor fail where nothing can be written. */
  #noteUse(row: KeyRow): void {
    const now = this.#clock();
    if ((row.lastUsedAtSeconds ?? 0) > now - USE_NOTED_SECONDS) return;
    row.lastUsedAtSeconds = now;
    this.#options.database
      .transaction((manager) =>
        manager.query(
          'UPDATE api_key SET lastUsedAtSeconds = ? WHERE keyId = ? AND (lastUsedAtSeconds IS NULL OR lastUsedAtSeconds <= ?)',
          [now, row.keyId, now - USE_NOTED_SECONDS],
        ),
      )
      .catch((error: unknown) =>
        this.#options.logger.debug({ keyId: row.keyId, problem: messageOf(error) }, 'use of a key not noted'),
      );
  }
}
