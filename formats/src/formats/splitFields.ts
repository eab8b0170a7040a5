import { parse } from 'csv-parse/browser/esm/sync';

/** The state of the quotes of a text: all closed, one open at its end, or one closed in the middle of a field. */
export type QuoteState = 'whole' | 'open' | 'broken';

/** Looks at the quotes of one line, or of several that a quoted field joins. */
export function quoteState(text: string, separator: string): QuoteState {
  if (!text.includes('"')) return 'whole';
  for (let at = 0; ;) {
    at = skipBlanks(text, at);
    if (text[at] !== '"') {
      const next = text.indexOf(separator, at);
      if (next < 0) return 'whole';
      at = next + separator.length;
      continue;
    }
    const close = closingQuote(text, at + 1, separator);
    if (close === null) return 'open';
    const after = skipBlanks(text, close + 1);
    if (after >= text.length) return 'whole';
    if (!text.startsWith(separator, after)) return 'broken';
    at = after + separator.length;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

/** The quote that ends a field; a doubled one, or one after a backslash in the middle of a field, does not. */
function closingQuote(text: string, from: number, separator: string): number | null {
  for (let at = from; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    if (text[quote + 1] === '"') at = quote + 2;
    else if (isEscaped(text, quote, separator)) at = quote + 1;
    else return quote;
  }
}

function isEscaped(text: string, quote: number, separator: string): boolean {
  if (text[quote - 1] !== '\\') return false;
  const after = skipBlanks(text, quote + 1);
  return after < text.length && !text.startsWith(separator, after);
}

/**
 * The fields of a line, trimmed. Lines without quotes and blanks, as good as all ratings, are split directly, which is many times faster. Null where quotes do not
 * match.
 */
export function splitFields(line: string, separator: string): string[] | null {
  if (!line.includes('"')) {
    const fields = line.split(separator);
    return line.includes(' ') || separator !== ',' ? fields.map((field) => field.trim()) : fields;
  }
  if (quoteState(line, separator) === 'open') return null;
  const text = line.includes('\\"')
    ? line.replace(/\\"(?=[^"])/g, (quote, at: number) => (isEscaped(line, at + 1, separator) ? '""' : quote))
    : line;
  const options = {
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    record_delimiter: ['\0'],
  };
  try {
    const fields = parse(text, options)[0];
    return fields ? (line.includes('=') ? fields.map(unescapedFormula) : fields) : null;
  } catch {
    // Quotes that do not match: reported as a line that does not split into its columns.
    return null;
  }
}

/** `="007"` as `007`: so programs keep spreadsheets from taking texts for numbers. */
function unescapedFormula(field: string): string {
  return /^="(.*)"$/s.exec(field)?.[1] ?? field;
}

/** Texts between columns, in the order of preference. */
export const SEPARATORS = [',', ';', '\t', '|', '::'] as const;

/** The separator that yields most fields of a first line. */
export function bestSeparator(firstLine: string): string {
  const numFields = (separator: string) => splitFields(firstLine, separator)?.length ?? 0;
  return SEPARATORS.reduce<string>(
    (best, other) => (numFields(other) > numFields(best) ? other : best),
    SEPARATORS[0],
  );
}
