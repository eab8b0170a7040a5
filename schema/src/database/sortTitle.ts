/** Characters that the column takes: taken apart, a title may have more of them. */
const MAX_LENGTH = 300;

/** A title as lists sort and searches compare it: lower case, without accents, punctuation and a leading English article. */
export function toSortTitle(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const compared = folded.replace(/^(the|an|a) (?=.)/, '') || title.toLowerCase();
  return compared.length <= MAX_LENGTH ? compared : [...compared].slice(0, MAX_LENGTH).join('');
}
