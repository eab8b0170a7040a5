import { parseNodeId, type Node } from '@pocketrocket/schema';
import { findUserByNumber } from '../users/findUser.ts';
import type { ApiContext } from './context.ts';

/** Finds the object of an opaque id; null for a foreign id, or where nothing has it. */
export async function findNode(
  { scope, app }: Pick<ApiContext, 'scope' | 'app'>,
  nodeId: string,
): Promise<Node | null> {
  const named = parseNodeId(nodeId);
  if (named === null) return null;
  switch (named.type) {
    case 'Movie':
      return scope.movies.load(named.key);
    case 'Genre':
      return scope.genres.load(named.key);
    case 'User':
      return findUserByNumber(scope, named.key, app);
  }
}
