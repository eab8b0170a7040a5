/** Characters of a search that the API takes. */
export const MAX_SEARCH_LENGTH = 200;
/** Words of it. */
export const MAX_SEARCH_WORDS = 25;

/** True of a text that the API would refuse; never of one that it takes. */
export const isTooLong = (text: string): boolean =>
  text.length > MAX_SEARCH_LENGTH || wordCount(text) > MAX_SEARCH_WORDS;

/** Counts as the API does, which finds yet more words in `a-b` and `½`. */
const wordCount = (text: string): number =>
  text
    .trim()
    .replace(/^(the|an|a)\s+/i, '')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
