/** A title as lists sort and searches compare it: lower case, without accents, punctuation and a leading English article. */
export function toSortTitle(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return folded.replace(/^(the|an|a) (?=.)/, '') || title.toLowerCase();
}
