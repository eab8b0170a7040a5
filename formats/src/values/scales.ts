import { undrawn } from './drawnStars.ts';
import { parseDecimal, toHalfStars } from './numbers.ts';

/** The ways in which a column of ratings is written; see `halfStarsOn`. */
export const RATING_SCALES = ['stars', '10', '100', 'likes', 'counts'] as const;
export type RatingScale = (typeof RATING_SCALES)[number];

/** Scales on which a rating alone says how many stars it is; counts are compared with the user's others. */
export type OwnScale = Exclude<RatingScale, 'counts'>;

const LIKE =
  /^(?:\+?1(?:[.,]0+)?|true|t|yes|y|likes?|liked|(?:thumbs? ?)?up|upvoted?|positive|👍\p{EMod}?|❤️?)$/iu;
const DISLIKE =
  /^(?:-?[01](?:[.,]0+)?|false|f|no|n|dislikes?|disliked|(?:thumbs? ?)?down|downvoted?|negative|👎\p{EMod}?)$/iu;

/**
 * A rating in half stars, 1 … 10, null off the scale. `stars`: 0.5 to 5 in half steps. `10` and `100`: from 0 to as many, r/2 and r/20 stars, rounded up
 * to half stars, at least half a star. `likes`: 1 is five stars, 0 and −1 are one; words such as `true` and `no` too.
 */
export function halfStarsOn(scale: OwnScale, text: string): number | null {
  if (scale === 'likes') {
    if (LIKE.test(text)) return 10;
    return DISLIKE.test(text) ? 2 : null;
  }
  const value = parseDecimal(text);
  if (value === null) return null;
  if (scale === 'stars') return toHalfStars(value);
  const best = Number(scale);
  if (value < 0 || value > best) return null;
  return Math.max(1, Math.ceil((value * 10) / best));
}

const BEST: Readonly<Record<RatingScale, string>> = {
  stars: '5',
  '10': '10',
  '100': '100',
  likes: '',
  counts: '',
};
const WITH_BEST = /^([\d.,]+)\s*(?:(?:\/|out of|of|von|sur|de|su|van)\s*(\d+)(?:[.,]0+)?|(?:%|percent))$/i;
const NAMED = /^([\d.,]+)\s*(?:stars?|sterne?|étoiles?|estrellas?|stelle)$/i;

/**
 * The number of a rating that is written with the best of its scale, or drawn: `4/5`, `4 out of 5`, `8/10`, `80 %`, `★★★½`, `3½`, `4 stars`; any other
 * text as it is.
 */
export function ratingNumber(scale: RatingScale, text: string): string {
  const best = bestOf(text);
  if (best !== null) return best === BEST[scale] ? (WITH_BEST.exec(text)?.[1] ?? text) : text;
  return scale === 'stars' ? (NAMED.exec(text)?.[1] ?? undrawn(text)) : text;
}

/** The best of the scale that a rating says; null where it says none. */
export function bestOf(text: string): string | null {
  const found = WITH_BEST.exec(text);
  return found && (found[2] ?? '100');
}

const WITH_THOUSANDS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,3}(?:\.\d{3}){2,}$/;

/** A number of plays or hours, 0 or more, also with thousands set apart: `1,234`; null where it is none. */
export function parseCount(text: string): number | null {
  const count = parseDecimal(WITH_THOUSANDS.test(text) ? plainThousands(text) : text);
  return count !== null && count >= 0 ? Math.fround(count) : null;
}

function plainThousands(text: string): string {
  return text.includes(',') ? text.replaceAll(',', '') : text.replaceAll('.', '');
}

/** Half stars of 0, 0.5, 1 … 100, by twice the rating; 0 off the scale. Numbers beyond are read as text. */
export function halfStarsByDouble(scale: OwnScale): Uint8Array {
  return Uint8Array.from({ length: 201 }, (_, doubled) => halfStarsOn(scale, String(doubled / 2)) ?? 0);
}
