import { ARTICLES } from './articles.ts';

/** A title taken apart. */
export interface ParsedTitle {
  /** As people write it: article in front, no year, no other names. */
  title: string;
  /** The first year of a range. */
  releaseYear: number | null;
  alternativeTitles: string[];
}

const KIND = '(?:TV|Video)(?: (?:Movie|Series|Mini[- ]?Series|Short|Special|Episode|Documentary|Game))?';
/** A year, a range of years, or IMDb's `1995/II`, with the kind of film before it where IMDb writes it there. */
const YEAR = new RegExp(
  `\\s*[([](?:${KIND} |ca?\\.? ?)?((?:18|19|20|21)\\d\\d)(?:\\s*[-–—]\\s*(?:\\d{4})?\\s*|/[IVXL]+)?\\s*[)\\]]$`,
  'i',
);
/** Marks that IMDb writes behind titles: the kind of film, and the number among films of one title. */
const MARK = new RegExp(`\\s*\\((?:V|VG|mini|${KIND}|[IVXL]+)\\)$`);

/** As MovieLens writes them behind titles: with a capital, and an elided one with its apostrophe. */
const CLOSING = ARTICLES.map((article) =>
  article === 'l' ? "L'|L’" : article.charAt(0).toUpperCase() + article.slice(1),
);
const CLOSING_ARTICLE = new RegExp(`^(.+),\\s+(${CLOSING.join('|')})$`, 'u');
const ALSO_KNOWN_AS = /^a\.?\s?k\.?\s?a\.?[:\s]\s*/i;

/** Groups that belong to the title: a numbered part, or what a colon or "or" announces. */
const PART = /^(?:part|vol\.|volume|season|chapter|episode)\s+[\divx]+$/i;
const ANNOUNCING_GROUP = /(?:[:,;]|\bor)$/i;

/** Takes a title of MovieLens apart: `Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)`. */
export function parseMovieLensTitle(text: string): ParsedTitle {
  const whole = decodeEntities(text).replace(/\s+/g, ' ').trim();
  const marked = withoutMarks(whole);
  const year = YEAR.exec(marked);
  let rest = year && year.index > 0 ? withoutMarks(marked.slice(0, year.index)) : marked;
  const alternatives: string[] = [];
  for (let group = closingGroup(rest); group; group = closingGroup(rest)) {
    rest = group.before;
    alternatives.unshift(articleFirst(group.inside.replace(ALSO_KNOWN_AS, '').trim()));
  }
  const title = articleFirst(rest);
  return {
    title,
    releaseYear: year && rest !== marked ? Number(year[1]) : null,
    alternativeTitles: [...new Set(alternatives)].filter((other) => other && other !== title),
  };
}

function withoutMarks(title: string): string {
  const mark = MARK.exec(title);
  return mark && mark.index > 0 ? withoutMarks(title.slice(0, mark.index)) : title;
}

/** `Usual Suspects, The` as `The Usual Suspects`; `Avventura, L'` as `L'Avventura`. */
export function articleFirst(title: string): string {
  const match = CLOSING_ARTICLE.exec(title);
  if (!match) return title;
  const [, name = '', article = ''] = match;
  return /['’]$/.test(article) ? article + name : `${article} ${name}`;
}

/** The group in parentheses that ends a title, and what stands before it; null where none holds another name. */
function closingGroup(title: string): { before: string; inside: string } | null {
  if (!title.endsWith(')')) return null;
  let depth = 0;
  for (let at = title.length - 1; at > 0; at--) {
    if (title[at] === ')') depth++;
    if (title[at] === '(') depth--;
    if (depth > 0) continue;
    const before = title.slice(0, at).trimEnd();
    const inside = title.slice(at + 1, -1);
    const isOtherName =
      title[at - 1] === ' ' && before !== '' && !PART.test(inside) && !ANNOUNCING_GROUP.test(before);
    return isOtherName ? { before, inside } : null;
  }
  return null;
}

const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  caron: '\u030c',
  cedil: '\u0327',
  circ: '\u0302',
  grave: '\u0300',
  ring: '\u030a',
  tilde: '\u0303',
  uml: '\u0308',
};
const SIGNS: Readonly<Record<string, string>> = {
  apos: "'",
  gt: '>',
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  nbsp: ' ',
  ndash: '–',
  quot: '"',
  rdquo: '”',
  rsquo: '’',
  szlig: 'ß',
};
const LAST_CODE_POINT = 0x10ffff;

/** A title without HTML entities, which older data sets and web pages leave in it. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replace(/&#(?:(\d{1,7})|x([\da-f]{1,6}));/gi, (entity, decimal?: string, hex = '') => {
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : entity;
    })
    .replace(
      /&([a-z])(acute|caron|cedil|circ|grave|ring|tilde|uml);/gi,
      (_, letter: string, accent: string) =>
        (letter + (ACCENTS[accent.toLowerCase()] ?? '')).normalize('NFC'),
    )
    .replace(/&([a-z]+);/g, (entity, name: string) => SIGNS[name] ?? entity)
    .replaceAll('&amp;', '&');
}

/** UTF-8 that was read in another encoding and written again, and the sign for letters that were lost. */
const DAMAGED = /[ÃÂ][\u0080-\u00bf]|â(?:[\u0080-\u009f]|€)|\ufffd|ï¿½/;

/** True where letters of a title were lost before it came here. */
export function isDamaged(title: string): boolean {
  return DAMAGED.test(title);
}
