import { z } from 'zod';

const options = z.object({
  window: z.number(),
  decay: z.number(),
  isDirected: z.boolean(),
  numNeighbours: z.number(),
});

const numItems = z.number().int().positive();
/** Items first … last − 1, whose rows a task counts or puts together: a partition of the pairs. */
const items = z
  .tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])
  .refine(([first, last]) => first <= last, 'items from a first to a last');

/**
 * The settings of counting a part of the recommender, and of putting counts together.
 *
 * Every count is a sum over users: those of partitions added up are those of all.
 */
export const countedSchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('popularity'), numItems }),
  z.object({ part: z.literal('dislikes'), numItems }),
  z.object({
    part: z.literal('trend'),
    numItems,
    /** The first and the last known time of all users' ratings; null where none is known. */
    span: z.object({ first: z.number(), last: z.number() }).nullable(),
  }),
  z.object({
    part: z.literal('rising'),
    numItems,
    /** The latest time of all users' ratings, and the (lower) median time of those from the year before it on. */
    latest: z.number(),
    median: z.number(),
  }),
  z.object({ part: z.literal('neighbours'), numItems, items }),
  z.object({
    part: z.literal('ease'),
    numItems,
    items,
    options: z.object({ l2: z.number(), numNeighbours: z.number(), maxItems: z.number().optional() }),
  }),
  z.object({ part: z.enum(['coVisitation', 'transitions']), numItems, items, options }),
]);

export type Counted = z.infer<typeof countedSchema>;
