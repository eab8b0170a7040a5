import { AppError } from '@pocketrocket/runtime';
import type { Viewer } from './sessions.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';

/** The signed-in user; null where nobody is. @throws AppError UNAUTHENTICATED for a sign-in that holds no more */
export async function findViewer(scope: RequestScope, viewerId: number | null): Promise<StoredUser | null> {
  return viewerId === null ? null : requireUser(scope, viewerId);
}

/** The signed-in user, or that user's number. @throws AppError UNAUTHENTICATED where nobody is signed in */
export function requireViewer<T>(viewer: T | null): T {
  if (viewer === null) throw new AppError('UNAUTHENTICATED', 'sign in first');
  return viewer;
}

/** @throws AppError UNAUTHENTICATED where nobody is signed in; FORBIDDEN for everybody but administrators */
export function requireAdmin(viewer: Viewer | null): void {
  if (requireViewer(viewer).role !== 'admin')
    throw new AppError('FORBIDDEN', 'only administrators may read this');
}

/** @throws AppError UNAUTHENTICATED when the account is gone */
export function requireAccount<T>(account: T | null): T {
  if (account === null) throw new AppError('UNAUTHENTICATED', 'this account no longer exists; sign up again');
  return account;
}

/** @throws AppError UNAUTHENTICATED when the account is gone */
export async function requireUser(scope: RequestScope, userId: number): Promise<StoredUser> {
  return requireAccount(await scope.users.load(userId));
}
