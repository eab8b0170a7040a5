import { z } from 'zod';

const releaseRef = z.object({ version: z.number().int().positive(), release: z.string().min(1) });

const pointerSchema = z.object({
  ...releaseRef.shape,
  /** Versions served before, the last one first. */
  earlier: z.array(releaseRef),
  /** ISO 8601, UTC: of two publications the later one counts. */
  changedAt: z.iso.datetime(),
});

/** Redis' pointer to the version that serves; the model directory's `current.json` with each version's full name. */
export type PublishedPointer = z.infer<typeof pointerSchema>;

/** A version by number and full name. */
export type ReleaseRef = z.infer<typeof releaseRef>;

/** The pointer as stored in Redis; a compare-and-set compares the text. */
export interface StoredPointer {
  /** Empty where there is none. */
  text: string;
  /** Null where there is none, or one that cannot be understood. */
  pointer: PublishedPointer | null;
}

export function parsePointer(text: string | null): StoredPointer {
  if (text === null) return { text: '', pointer: null };
  try {
    return { text, pointer: pointerSchema.safeParse(JSON.parse(text)).data ?? null };
  } catch {
    return { text, pointer: null };
  }
}

/** True where two pointers are of one publication. */
export function isSamePublication(
  a: Pick<PublishedPointer, 'version' | 'changedAt'> | null,
  b: Pick<PublishedPointer, 'version' | 'changedAt'> | null,
): boolean {
  return a?.version === b?.version && a?.changedAt === b?.changedAt;
}

/** True where a publication was made after another one, or there is no other. */
export function isLater(
  a: Pick<PublishedPointer, 'changedAt'>,
  b: Pick<PublishedPointer, 'changedAt'> | null,
): boolean {
  return b === null || Date.parse(a.changedAt) > Date.parse(b.changedAt);
}
