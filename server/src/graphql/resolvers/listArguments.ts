import { Arg, Float, Int } from 'type-graphql';
import { MAX_FIRST, MAX_SKIP } from '../../arguments/checks.ts';

/** The argument `first`, the same on every list. */
export function First(defaultValue: number): ReturnType<typeof Arg> {
  return Arg('first', () => Int, {
    defaultValue,
    description: `Maximum number of entries, 1 to ${MAX_FIRST}.`,
  });
}

/** The argument `after`, the same on every paged list. */
export function After(): ReturnType<typeof Arg> {
  return Arg('after', () => String, {
    nullable: true,
    description: 'Continue after this cursor, of the same list and with the same other arguments.',
  });
}

/** The argument `skip`, by which a place in a long list is reached at once. */
export function Skip(): ReturnType<typeof Arg> {
  return Arg('skip', () => Int, {
    defaultValue: 0,
    description: `Entries to pass over, from the begin or from \`after\`; 0 to ${MAX_SKIP}.`,
  });
}

/** The argument `diversity`, the same on every list of recommendations. */
export function Diversity(): ReturnType<typeof Arg> {
  return Arg('diversity', () => Float, {
    defaultValue: 0,
    description:
      '0 keeps the order of the scores; towards 1 the list avoids movies that resemble each other.',
  });
}
