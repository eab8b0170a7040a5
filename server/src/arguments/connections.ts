import type { Connection, CountedConnection } from '@pocketrocket/schema';
import { z } from 'zod';
import type { KeyKind, Slice, SliceRequest } from '../database/keyset.ts';
import { checkFirst, checkSkip } from './checks.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';

/** The arguments of a paged field. */
export interface PageArguments<Order extends string> {
  orderBy: Order;
  first: number;
  after?: string | null | undefined;
  /** Entries to pass over, where the list can. */
  skip?: number;
}

const id = z.number().int().nonnegative();

/** Characters of a title to sort by. */
const MAX_KEY_LENGTH = 1_000;

/**
 * Turns the arguments of a page into a slice of its list.
 * @param keys what the list is sorted by in each order
 * @throws AppError BAD_USER_INPUT for a length out of range, or a cursor of another list or order
 */
export function toSliceRequest<Order extends string>(
  { orderBy, first, after, skip = 0 }: PageArguments<Order>,
  keys: Readonly<Record<Order, KeyKind>>,
): SliceRequest<Order> {
  checkFirst(first);
  checkSkip(skip);
  if (after === null || after === undefined) return { order: orderBy, limit: first, after: null, skip };
  const { isText = false, nullable = false } = keys[orderBy];
  const value = isText ? z.string().max(MAX_KEY_LENGTH) : z.number();
  const sortKey = nullable ? value.nullable() : value;
  const [, key, lastId] = decodeCursor(after, z.tuple([z.literal<string>(orderBy), sortKey, id]));
  return { order: orderBy, limit: first, after: { key, id: lastId }, skip };
}

/** A page with cursors that name each entry's sort key and id, in the order that the list was asked in. */
export function toCountedConnection<T>(
  { entries, hasMore }: Slice<T>,
  request: SliceRequest<string>,
  totalCount: number,
): CountedConnection<T> {
  const edges = entries.map(({ node, position }) => ({
    cursor: encodeCursor([request.order, position.key, position.id]),
    node,
  }));
  return { ...toConnection(edges, hasMore, request.after !== null || request.skip > 0), totalCount };
}

/** A page of edges. */
export function toConnection<T>(
  edges: Connection<T>['edges'],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): Connection<T> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
