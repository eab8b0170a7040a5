import { AppError } from '@pocketrocket/runtime';
import type { StoredScope } from '@pocketrocket/schema/database';
import type { BucketRules } from '../budgets/bucket.ts';

/** The rights of a request by its API key. */
export interface AppAccess {
  appId: string;
  keyId: string;
  scopes: ReadonlySet<StoredScope>;
  /** True if everybody sees the app's users. */
  sharesUsers: boolean;
  /** The key's own budget. */
  budget: BucketRules;
}

/** The access of a key. @throws AppError UNAUTHENTICATED without one; FORBIDDEN where it has none of the scopes */
export function requireScope(access: AppAccess | null, ...anyOf: readonly StoredScope[]): AppAccess {
  const inWords = `an API key with the scope ${anyOf.join(' or ')}`;
  if (access === null)
    throw new AppError('UNAUTHENTICATED', `send ${inWords}, as \`authorization: Bearer pr_…\``);
  if (!anyOf.some((scope) => access.scopes.has(scope)))
    throw new AppError('FORBIDDEN', `this needs ${inWords}; yours has ${[...access.scopes].join(', ')}`);
  return access;
}
