import { AccountRole, type Account } from '@pocketrocket/schema';
import type { AccountEntity, AccountRole as StoredRole } from '@pocketrocket/schema/database';

/** GraphQL's name of each role that is stored. */
export const ROLES = {
  admin: AccountRole.ADMIN,
  user: AccountRole.USER,
} as const satisfies Record<StoredRole, AccountRole>;

/** An account as its owner sees it. */
export function accountOf({
  email,
  emailConfirmedAtSeconds,
  role,
  createdAtSeconds,
}: AccountEntity): Account {
  return {
    email,
    emailConfirmed: emailConfirmedAtSeconds !== null,
    role: ROLES[role],
    createdAt: new Date(createdAtSeconds * 1000),
  };
}
