import { isNone } from './none.ts';

const SEPARATORS = ['|', ';', ',', '/', '•', '·', ' - ', '\n'];
/** A quoted text of JSON or Python, with escapes. */
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;
/** The same, or a text without quotes, as in `[Drama, Mystery]` and PostgreSQL's `{Drama,"Film Noir"}`. */
const ITEMS = new RegExp(`${QUOTED.source}|([^,|;"'\\s](?:[^,|;"]*[^,|;"\\s])?)`, 'g');
const NAME_KEY = /["'](?:name|genre|title|label|description)["']\s*:\s*/gi;

/**
 * Finds how a whole column separates genres: by the one of `SEPARATORS` that most rows hold; a row that holds another one is split by that where all its parts
 * are genres of other rows. Lists of JSON or Python, of names or of objects with a name, and arrays of PostgreSQL are understood in any row.
 * @returns splits one field of the column
 */
export function genreSplitter(column: Iterable<string>): (text: string) => string[] {
  const texts = [...column].filter((text) => !isList(text) && !isNone(text.trim()));
  const rows = SEPARATORS.map((one) => texts.filter((text) => text.includes(one)).length);
  const most = Math.max(...rows);
  const separator = most === 0 ? '|' : (SEPARATORS[rows.indexOf(most)] ?? '|');
  const others = SEPARATORS.filter((one, index) => one !== separator && (rows[index] ?? 0) > 0);
  const known = new Set(
    others.length === 0 ? [] : texts.flatMap((text) => partsOf(text, separator).map(fold)),
  );
  const splitPlain = (text: string): string[] => {
    if (text.includes(separator)) return partsOf(text, separator);
    const other = others.find(
      (one) => text.includes(one) && partsOf(text, one).every((name) => known.has(fold(name))),
    );
    return partsOf(text, other ?? separator);
  };
  return (text) => (isList(text) ? listed(text).map((name) => name.trim()) : splitPlain(text));
}

function partsOf(text: string, separator: string): string[] {
  return text.split(separator).map((name) => name.trim());
}

function fold(name: string): string {
  return name.toLowerCase();
}

/** `(no genres listed)` is none: a tuple has quotes. */
function isList(text: string): boolean {
  return /^\s*(?:\[.*\]|\{.*\}|\(\s*['"].*\))\s*$/s.test(text);
}

function listed(text: string): string[] {
  const isOfObjects = text.includes('{') && NAME_KEY.test(text);
  NAME_KEY.lastIndex = 0;
  const places = isOfObjects
    ? [...text.matchAll(NAME_KEY)].map(({ index, 0: key }) => index + key.length)
    : null;
  if (!places && /^\s*\[\s*\{/.test(text)) return [];
  const names: string[] = [];
  for (const found of (places ? text : withoutPrefixes(text)).matchAll(places ? QUOTED : ITEMS)) {
    if (places && !places.includes(found.index)) continue;
    names.push(unescaped(found[1] ?? found[2] ?? found[3] ?? ''));
  }
  return names;
}

/** A list without its brackets, and without the letters before its texts that Python 2 writes. */
function withoutPrefixes(text: string): string {
  return text
    .trim()
    .slice(1, -1)
    .replace(/\b[ub](?=['"])/g, '');
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1');
}
