import { useSearchParams } from 'react-router';
import { numberWithin, oneOf, pathNumber } from '../../routing/addressState.ts';
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
  const [search, setSearch] = useSearchParams();
  const moods = moodsFor(genres);
  const mood = oneOf([moods[0] ?? 'any', ...moods.slice(1)], search.get('mood'));
  return {
    mood,
    filter: moodFilter(mood, genres),
    diversity: numberWithin(0, 1, 0, search.get('variety')),
    surprise: pathNumber(search.get('surprise')),
    wish(changes) {
      setSearch((before) => wished(before, changes), {
        // A slider passes many values on its way; each of the others is a place to come back to.
        replace: changes.diversity !== undefined,
        preventScrollReset: true,
      });
    },
  };
}

/** The address's search part after a change; what chance chose from the list before it is gone. */
function wished(before: URLSearchParams, { mood, diversity, surprise }: Changes): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete('surprise');
  if (surprise !== undefined) after.set('surprise', String(surprise));
  if (mood === 'any') after.delete('mood');
  else if (mood !== undefined) after.set('mood', mood);
  if (diversity === 0) after.delete('variety');
  else if (diversity !== undefined) after.set('variety', String(diversity));
  return after;
}
