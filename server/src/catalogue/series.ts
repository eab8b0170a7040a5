import { initialsOf } from './initials.ts';
import { foldForSearch } from './searchTerms.ts';

/** The begin of a title that names its series, without spaces: the words asked for, as many as are meant, or those of its initials. */
export function seriesName(title: string, asked: readonly string[]): string {
  const words = foldForSearch(title).split(' ');
  const joined = asked.join('');
  if (words.join('').startsWith(joined)) return joined;
  const areInitials = asked.length === 1 && initialsOf(title).some((text) => text.startsWith(joined));
  if (areInitials) return words.slice(0, joined.length).join('');
  return words.slice(0, asked.length).join('');
}
