import { numberWithin, oneOf, pathNumber, useAddressState } from '../../routing/addressState.ts';
import type { Wishes } from './forYou.ts';
import { moodFilter, moodsFor, type Mood } from './moods.ts';

interface Changes {
  mood?: Mood;
  diversity?: number;
  surprise?: number;
}

/** The wishes as the address has them, and the way to change them there. */
export interface AddressedWishes extends Wishes {
  mood: Mood;
  /** The number of the film that chance chose; null where none did. */
  surprise: number | null;
  wish: (changes: Changes) => void;
}

/** Reads mood and variety out of the address, so that reload, back and a shared link show the same list. */
export function useWishes(genres: readonly string[]): AddressedWishes {
  const { search, updateSearch } = useAddressState();
  const moods = moodsFor(genres);
  const mood = oneOf([moods[0] ?? 'any', ...moods.slice(1)], search.get('mood'));
  return {
    mood,
    filter: moodFilter(mood, genres),
    diversity: numberWithin(0, 1, 0, search.get('variety')),
    surprise: pathNumber(search.get('surprise')),
    wish(changes) {
      // A slider passes many values on its way; each of the others is a place to come back to.
      updateSearch(addressed(changes), { push: changes.diversity === undefined });
    },
  };
}

/** The parameters that a change sets; what chance chose from the list before it is gone. */
function addressed({ mood, diversity, surprise }: Changes): Record<string, string | null> {
  return {
    surprise: surprise === undefined ? null : String(surprise),
    ...(mood !== undefined && { mood: mood === 'any' ? null : mood }),
    ...(diversity !== undefined && { variety: diversity === 0 ? null : String(diversity) }),
  };
}
