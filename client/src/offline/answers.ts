import type { ApolloLink } from '@apollo/client';
import { print } from 'graphql';

/** Answers kept for each visitor, the latest ones. */
const MOST_KEPT = 80;
const PREFIX = 'pocketrocket.answers.';

/** The browser's cache of a visitor's answers: nobody else's page opens it. */
const nameOf = (userId: number | null) => `${PREFIX}${userId ?? 'nobody'}`;

/** Cache entries have addresses; a question's is made of what it asks. */
async function addressOf({ query, variables }: ApolloLink.Operation): Promise<string> {
  const text = new TextEncoder().encode(`${print(query)}\n${JSON.stringify(variables)}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return `/answers/${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Keeps an answer for when nobody can be asked. */
export async function keepAnswer(
  operation: ApolloLink.Operation,
  userId: number | null,
  result: ApolloLink.Result,
): Promise<void> {
  const cache = await caches.open(nameOf(userId));
  const address = await addressOf(operation);
  // Takes the place of a former one at once, and stands at the end: the oldest entries come first.
  await cache.put(address, Response.json(result));
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_KEPT))) await cache.delete(old);
}

/** The answer that was kept for a question; null where there is none. */
export async function keptAnswer(
  operation: ApolloLink.Operation,
  userId: number | null,
): Promise<ApolloLink.Result | null> {
  const response = await (await caches.open(nameOf(userId))).match(await addressOf(operation));
  return response ? ((await response.json()) as ApolloLink.Result) : null;
}

/** Forgets all visitors' answers but those of one, such as after a sign-out. */
export async function forgetOthers(userId: number | null): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== nameOf(userId)) await caches.delete(name);
}
