import { isNone } from './none.ts';

const SEPARATORS = ['|', ';', ',', '/'];
/** A quoted text of JSON or Python, with escapes. */
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;
const NAME_KEY = /["'](?:name|genre|title|label|description)["']\s*:\s*/gi;

/**
 * Finds how a whole column separates genres: by the one of `|`, `;`, `,` and `/` that most rows hold. Lists of JSON or Python, of names or of objects with a name, are
 * understood in any row.
 * @returns splits one field of the column
 */
export function genreSplitter(column: Iterable<string>): (text: string) => string[] {
  const rows = SEPARATORS.map(() => 0);
  for (const text of column) {
    if (isList(text)) continue;
    for (const [index, separator] of SEPARATORS.entries())
      if (text.includes(separator) && !isNone(text.trim())) rows[index] = (rows[index] ?? 0) + 1;
  }
  const most = Math.max(...rows);
  const separator = most === 0 ? '|' : (SEPARATORS[rows.indexOf(most)] ?? '|');
  return (text) => (isList(text) ? listed(text) : text.split(separator)).map((name) => name.trim());
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
  const names: string[] = [];
  for (const found of text.matchAll(QUOTED)) {
    if (places && !places.includes(found.index)) continue;
    names.push(unescaped(found[1] ?? found[2] ?? ''));
  }
  if (names.length > 0 || text.trim().startsWith('[{')) return names;
  // Without quotes, as `[Drama, Mystery]`.
  return text.trim().slice(1, -1).split(/[,|;]/);
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1');
}
