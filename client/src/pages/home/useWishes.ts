import { numberWithin, oneOf, useAddressState } from '../../routing/addressState.ts';
import type { Wishes } from './forYou.ts';
import { moodFilter, moodsFor, type Mood } from './moods.ts';

/** The wishes as the address has them, and the way to change them there. */
export interface AddressedWishes extends Wishes {
  mood: Mood;
  /** The number of the film that chance chose; null where none did. */
  surprise: number | null;
  wish: (changes: { mood?: Mood; diversity?: number; surprise?: number | null }) => void;
}

const MAX_ID = 2 ** 31 - 1;

/** Reads mood and variety out of the address, so that reload, back and a shared link show the same list. */
export function useWishes(genres: readonly string[]): AddressedWishes {
  const { search, updateSearch } = useAddressState();
  const moods = moodsFor(genres);
  const mood = oneOf([moods[0] ?? 'any', ...moods.slice(1)], search.get('mood'));
  const drawn = numberWithin(0, MAX_ID, -1, search.get('surprise'));
  return {
    mood,
    filter: moodFilter(mood, genres),
    diversity: numberWithin(0, 1, 0, search.get('variety')),
    surprise: Number.isInteger(drawn) && drawn >= 0 ? drawn : null,
    wish: ({ mood: nextMood, diversity, surprise }) =>
      updateSearch({
        ...(nextMood !== undefined && { mood: nextMood === 'any' ? null : nextMood }),
        ...(diversity !== undefined && { variety: diversity === 0 ? null : String(diversity) }),
        // Chance chose from the list before.
        surprise: surprise === undefined || surprise === null ? null : String(surprise),
      }),
  };
}
