import type { CountedConnection, User, UserOrder } from '@pocketrocket/schema';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import { USER_ORDERS, type UserRepository } from './userRepository.ts';

/** A page of all users. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listUsers(
  users: UserRepository,
  page: PageArguments<UserOrder>,
): Promise<CountedConnection<User>> {
  const request = toSliceRequest(page, USER_ORDERS);
  const [slice, totalCount] = await Promise.all([users.slice(request), users.count()]);
  return toCountedConnection(slice, request, totalCount);
}
