/** A typed client of PocketRocket's GraphQL API, for browsers and Node.js. */
export { PocketRocket } from './client.ts';
export type { ListOptions, MovieId, NewEvent, UserId } from './client.ts';
export type { Items } from './batches.ts';
export type { Operation, TypedString, TypedText } from './documents.ts';
export { API_CODES, BatchError, PocketRocketError } from './errors.ts';
export type { ApiError, Cost, ErrorCode, TransportCode } from './errors.ts';
export { Pages } from './pages.ts';
export type { Page } from './pages.ts';
export type { RetryOptions } from './retries.ts';
export type { SubscribeOptions } from './subscriptions.ts';
export type { RequestOptions, TransportOptions } from './transport.ts';
export * as operations from './generated/operations.ts';
export type * from './generated/types.ts';
