import type { Profile } from '@pocketrocket/model';

/** An entry of a folded-in history, with the numbers in it. */
const BYTES_PER_ENTRY = 72;
/** Objects around the arrays. */
const BYTES_AROUND = 1_000;
const BYTES_PER_RATED = 4;
/** Latest entries of which an explanation keeps the share in the sequence model's vector, at most. */
const SEQUENCE_SHARES = 12;

/** An estimate of what a profile keeps alive: its history, and vectors in every model's terms. */
export function bytesOfProfile(profile: Profile | null, numRated: number): number {
  const ofRated = BYTES_AROUND + BYTES_PER_RATED * numRated;
  if (!profile) return ofRated;
  const { user, items } = profile;
  const ofShares = SEQUENCE_SHARES * (user.sequence?.byteLength ?? 0);
  const arrays = Object.values(user).reduce<number>(
    (sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0),
    0,
  );
  return ofRated + items.byteLength + arrays + ofShares + BYTES_PER_ENTRY * user.history.length;
}
