import { AccountRole, type Account } from '@pocketrocket/schema';
import type { AccountEntity } from '@pocketrocket/schema/database';

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
    role: role === 'admin' ? AccountRole.ADMIN : AccountRole.USER,
    createdAt: new Date(createdAtSeconds * 1000),
  };
}
