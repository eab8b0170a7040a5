import { FIRST_MAPPED_ID, LAST_MAPPED_ID, type IdColumn } from '@pocketrocket/formats';
import { AppError } from '@pocketrocket/runtime';

/** The numbers that ids of one kind have where the data set is to go. */
export interface KnownNumbers {
  /** The highest number that any id has, whoever gave it; 0 for none. */
  highest(): Promise<number>;
  /** The data set's ids of before, in batches. */
  batches(): AsyncIterable<readonly { externalId: string; number: number }[]>;
}

export interface KnownIds {
  movies: KnownNumbers;
  users: KnownNumbers;
}

const NONE: KnownNumbers = { highest: () => Promise.resolve(0), async *batches() {} };
/** For data that go into no database. */
export const NOTHING_KNOWN: KnownIds = { movies: NONE, users: NONE };

export interface NumberingOptions {
  /** False for places of ids that nothing refers to: those get no number. */
  isUsed?: (place: number) => boolean;
  /** Numbers from `FIRST_MAPPED_ID` on that are ids of their own. */
  taken?: ReadonlySet<number>;
}

/**
 * Gives the mapped ids of a column their final numbers: an id that is known keeps its own, new ones follow the highest one, in the order
 * of their texts, so that neither the order of rows nor who reads them makes a difference.
 * @throws AppError BAD_DATA where there are more ids than numbers
 */
export async function settleNumbers(
  column: IdColumn,
  known: KnownNumbers,
  { isUsed = () => true, taken = new Set() }: NumberingOptions = {},
): Promise<void> {
  const { mapped } = column;
  const numbers = new Int32Array(mapped.size).fill(-1);
  if (mapped.size === 0) return column.settle(numbers);
  for await (const batch of known.batches()) {
    for (const { externalId, number } of batch) {
      const place = mapped.find(externalId);
      if (place >= 0 && isUsed(place) && !taken.has(number)) numbers[place] = number;
    }
  }
  const unnumbered = mapped.inOrder().filter((place) => numbers[place] === -1 && isUsed(place));
  const free = freeNumbers(await known.highest(), numbers, taken);
  for (const place of unnumbered) {
    const next = free.next();
    if (next.done)
      throw new AppError('BAD_DATA', 'there are more ids than numbers for them; import fewer ratings');
    numbers[place] = next.value;
  }
  column.settle(numbers);
}

/** Numbers after the highest one, then, when these are used up, what is free below. */
function* freeNumbers(
  highest: number,
  given: Int32Array,
  taken: ReadonlySet<number>,
): Generator<number, undefined> {
  const first = Math.max(FIRST_MAPPED_ID, highest + 1);
  for (let number = first; number <= LAST_MAPPED_ID; number++) if (!taken.has(number)) yield number;
  const inUse = new Set(given);
  const end = Math.min(first, LAST_MAPPED_ID + 1);
  for (let number = FIRST_MAPPED_ID; number < end; number++)
    if (!taken.has(number) && !inUse.has(number)) yield number;
  return undefined;
}
