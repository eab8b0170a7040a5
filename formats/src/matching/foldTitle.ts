/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Numbers of parts; `i`, `v` and `x` are words too. */
const ROMAN = new Map(
  ['ii', 'iii', 'iv', null, 'vi', 'vii', 'viii', 'ix'].flatMap((roman, place) =>
    roman === null ? [] : [[roman, String(place + 2)] as const],
  ),
);

const ARTICLES = new Set(
  'the a an le la les l un une der die das ein eine el los las il lo gli i o os as um uma de het een det en et ett'.split(
    ' ',
  ),
);

/** A title as titles are compared: without case, accents and punctuation, `&` as `and`, Roman numbers as digits. */
export function foldTitle(title: string): string {
  const plain = title
    .normalize('NFKD')
    // Accents, but not the marks that tell Japanese syllables apart.
    .replace(/(?![\u3099\u309a])\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/&/g, ' and ')
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (plain === '') return title.normalize('NFKC').trim().toLowerCase();
  return plain
    .split(' ')
    .map((word) => ROMAN.get(word) ?? word)
    .join(' ');
}

/** A title without an article that a comma sets behind it, in any case: `Usual Suspects, The`. */
export function withoutClosingArticle(title: string): string {
  const [, name, article = ''] = /^(.+),\s+(\p{L}+)['’]?$/u.exec(title.trim()) ?? [];
  return name !== undefined && ARTICLES.has(article.toLowerCase()) ? name : title;
}

/** A folded title without its first article; itself where nothing else is left. */
export function withoutArticle(folded: string): string {
  const [first = '', ...rest] = folded.split(' ');
  return rest.length > 0 && ARTICLES.has(first) ? rest.join(' ') : folded;
}
