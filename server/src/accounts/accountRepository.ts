import {
  AccountEntity,
  FIRST_ACCOUNT_USER_ID,
  UserEntity,
  toHistogramColumns,
} from '@pocketrocket/schema/database';
import type { DataSource, EntityManager } from 'typeorm';

export class AccountRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The account of a normalised email address; null where there is none. */
  async byEmail(email: string): Promise<AccountEntity | null> {
    return this.dataSource.getRepository(AccountEntity).findOneBy({ email });
  }

  /** Puts a hash in the place of the one that it was read with; where that has changed meanwhile, nothing. */
  async replaceHash({ userId, passwordHash: before }: AccountEntity, passwordHash: string): Promise<void> {
    await this.dataSource
      .getRepository(AccountEntity)
      .update({ userId, passwordHash: before }, { passwordHash });
  }
}

/** Stores an account and its user under the next free number, and returns that. Within a transaction. */
export async function insertAccount(
  manager: EntityManager,
  account: Omit<AccountEntity, 'userId'>,
  name: string,
): Promise<number> {
  const last = await manager.maximum(AccountEntity, 'userId');
  const userId = Math.max(FIRST_ACCOUNT_USER_ID, (last ?? 0) + 1);
  await manager.insert(AccountEntity, { ...account, userId });
  await manager.insert(UserEntity, {
    userId,
    name,
    ratingCount: 0,
    halfStarSum: 0,
    histogram: toHistogramColumns([]),
  });
  return userId;
}
