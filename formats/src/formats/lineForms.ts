import { splitFields } from './splitFields.ts';

/** A way in which lines are written around their fields. */
export interface LineForm {
  /** The line as it is split. */
  toLine: (line: string) => string;
  /** A field of it as it is meant. */
  toField: (field: string) => string;
}

const same = (text: string) => text;
const NO_SEPARATOR = '\0';

/** As most files write them. */
export const PLAIN_LINES: LineForm = { toLine: same, toField: same };

/** Lines that are one quoted field, `"1,2,5"`, as a spreadsheet saves what it took for one column. */
export const WRAPPED_LINES: LineForm = {
  toLine: (line) => (/^\s*".*"\s*$/.test(line) ? (splitFields(line, NO_SEPARATOR)?.[0] ?? line) : line),
  toField: same,
};

/** Single quotes around fields. */
const SINGLE_QUOTES: LineForm = { toLine: swapQuotes, toField: swapQuotes };

/** Quotes as word processors set them. */
const SET_QUOTES: LineForm = { toLine: (line) => line.replace(/[“”„‟]/g, '"'), toField: same };

/** The form of the lines of a table by the names of its columns; null for the usual one. */
export function formOfQuotes(header: readonly string[]): LineForm | null {
  const areAll = (pattern: RegExp) => header.length > 1 && header.every((name) => pattern.test(name));
  if (areAll(/^'.*'$/)) return SINGLE_QUOTES;
  return areAll(/^[“„].*[”“‟]$/) ? SET_QUOTES : null;
}

function swapQuotes(text: string): string {
  return text.replace(/['"]/g, (quote) => (quote === '"' ? "'" : '"'));
}
