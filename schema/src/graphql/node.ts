import { Field, ID, InterfaceType } from 'type-graphql';

/** The object types that have an identity of their own across the whole API. */
export type NodeTypeName = 'Movie' | 'Genre' | 'User';

@InterfaceType({ description: 'Anything with an identity of its own that can be fetched again by its id.' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque identifier, unique over all types; valid for `node(id:)`.' })
  id!: string;
}

/** The opaque id of an object: its type and its own key, URL-safe. */
export function toNodeId(type: NodeTypeName, key: number): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** Reads an opaque id back; null when it is not one of ours. */
export function parseNodeId(id: string): { type: NodeTypeName; key: number } | null {
  const match = /^(Movie|Genre|User):(\d{1,10})$/.exec(Buffer.from(id, 'base64url').toString());
  if (!match) return null;
  return { type: match[1] as NodeTypeName, key: Number(match[2]) };
}
