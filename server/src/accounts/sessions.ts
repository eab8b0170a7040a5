import { AppError, randomId, randomToken } from '@pocketrocket/runtime';
import { RefreshTokenEntity, type AccountRole, type Database } from '@pocketrocket/schema/database';
import { LessThan, type EntityManager } from 'typeorm';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { digest } from './digest.ts';
import type { AccessClaims } from './tokens.ts';

/** Lifetime of a refresh token; each rotation begins it anew. */
export const REFRESH_TTL_SECONDS = 30 * 86_400;

/** A used token may be used again for so long: by a second tab, or after an answer that got lost. Later it is a copy. */
export const REUSE_GRACE_SECONDS = 10;

/** The account that asks, and its session. */
export interface Viewer extends AccessClaims {
  userId: number;
  role: AccountRole;
  /** Unix time until which the token is valid. */
  expiresAtSeconds?: number;
}

/** A session with the token that continues it. */
export interface OpenSession {
  userId: number;
  sessionId: string;
  refreshToken: string;
  refreshExpiresAt: Date;
}

/** Sessions as families of rotating refresh tokens, as OAuth 2.0's security practice has them (RFC 9700, section 4.14.2). */
export class Sessions {
  readonly #database: Database;
  readonly #nowSeconds: () => number;
  readonly #endListeners: ((userId: number) => void)[] = [];

  /** @param clock the time, in Unix seconds */
  constructor(database: Database, clock = nowSeconds) {
    this.#database = database;
    this.#nowSeconds = clock;
  }

  /** Calls back with every user of whom a session has ended here. */
  onEnded(listener: (userId: number) => void): void {
    this.#endListeners.push(listener);
  }

  /** Tells that sessions of a user have ended, once that was committed. */
  tellEnded(userId: number): void {
    for (const listener of this.#endListeners) listener(userId);
  }

  /** Begins a session, within a transaction; clears away tokens that have expired. */
  async begin(manager: EntityManager, userId: number): Promise<OpenSession> {
    await manager.delete(RefreshTokenEntity, { expiresAtSeconds: LessThan(this.#nowSeconds()) });
    return this.#issue(manager, { userId, familyId: randomId(), rotatedFrom: null });
  }

  /**
   * Exchanges a refresh token for its successor. A token that was used before, or beside one that was, has been copied: then its
   * whole family ends.
   * @throws AppError UNAUTHENTICATED
   */
  async rotate(refreshToken: string, deadline: Deadline): Promise<OpenSession> {
    const tokenHash = digest(refreshToken);
    const rotated = await writeInTransaction(this.#database, deadline, async (manager) => {
      const now = this.#nowSeconds();
      // Locks the row: what is read afterwards is the latest.
      await manager.query(
        'UPDATE refresh_token SET usedAtSeconds = COALESCE(usedAtSeconds, ?) WHERE tokenHash = ?',
        [now, tokenHash],
      );
      const held = await manager.findOneBy(RefreshTokenEntity, { tokenHash });
      if (!held || held.expiresAtSeconds <= now) return null;
      if (await this.#isCopied(manager, held, now)) {
        await manager.delete(RefreshTokenEntity, { familyId: held.familyId });
        return null;
      }
      return this.#issue(manager, { ...held, rotatedFrom: tokenHash });
    });
    if (!rotated) throw new AppError('UNAUTHENTICATED', 'this session has ended; sign in again');
    return rotated;
  }

  /** Ends the session that a refresh token belongs to; without one, nothing changes. */
  async endOf(refreshToken: string, deadline: Deadline): Promise<void> {
    const held = await this.#database.dataSource
      .getRepository(RefreshTokenEntity)
      .findOneBy({ tokenHash: digest(refreshToken) });
    if (held) await this.end({ sessionId: held.familyId, userId: held.userId }, deadline);
  }

  /** Ends one session. */
  async end({ sessionId, userId }: Pick<Viewer, 'sessionId' | 'userId'>, deadline: Deadline): Promise<void> {
    await writeInTransaction(this.#database, deadline, (manager) =>
      manager.delete(RefreshTokenEntity, { familyId: sessionId }),
    );
    this.tellEnded(userId);
  }

  /** Ends all sessions of a user. */
  async endEverywhere(userId: number, deadline: Deadline): Promise<void> {
    await writeInTransaction(this.#database, deadline, (manager) => this.endAll(manager, userId));
    this.tellEnded(userId);
  }

  /** The same within a transaction, after which it is told: access tokens hold no more either. */
  async endAll(manager: EntityManager, userId: number): Promise<void> {
    await manager.delete(RefreshTokenEntity, { userId });
  }

  /** The viewer whom an access token speaks for. @throws AppError UNAUTHENTICATED when the session has ended or the account is gone */
  async viewerOf(claims: AccessClaims & Pick<Viewer, 'expiresAtSeconds'>): Promise<Viewer> {
    const [viewer] = await this.#database.dataSource.query<Pick<Viewer, 'userId' | 'role'>[]>(
      `SELECT account.userId, account.role FROM account WHERE account.accountId = ? AND EXISTS (
         SELECT 1 FROM refresh_token WHERE refresh_token.userId = account.userId AND refresh_token.familyId = ?
       )`,
      [claims.accountId, claims.sessionId],
    );
    if (!viewer)
      throw new AppError(
        'UNAUTHENTICATED',
        'this session has ended, or its account no longer exists; sign in again',
      );
    return { ...claims, ...viewer };
  }

  async #isCopied(manager: EntityManager, held: RefreshTokenEntity, now: number): Promise<boolean> {
    const longAgo = now - REUSE_GRACE_SECONDS;
    if (held.usedAtSeconds !== null && held.usedAtSeconds < longAgo) return true;
    if (held.rotatedFrom === null) return false;
    // Within the grace a token has several successors, of which a browser keeps one.
    const { familyId, rotatedFrom } = held;
    return manager.existsBy(RefreshTokenEntity, { familyId, rotatedFrom, usedAtSeconds: LessThan(longAgo) });
  }

  async #issue(
    manager: EntityManager,
    { userId, familyId, rotatedFrom }: Pick<RefreshTokenEntity, 'userId' | 'familyId' | 'rotatedFrom'>,
  ): Promise<OpenSession> {
    const now = this.#nowSeconds();
    const refreshToken = randomToken();
    const expiresAtSeconds = now + REFRESH_TTL_SECONDS;
    await manager.insert(RefreshTokenEntity, {
      tokenHash: digest(refreshToken),
      familyId,
      userId,
      rotatedFrom,
      createdAtSeconds: now,
      expiresAtSeconds,
      usedAtSeconds: null,
    });
    return { userId, sessionId: familyId, refreshToken, refreshExpiresAt: new Date(expiresAtSeconds * 1000) };
  }
}
