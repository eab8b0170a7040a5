const NONE = new Set(['', 'nan', 'null', '\\n', 'none', 'n/a', '#n/a', 'na', '<na>', 'nil', 'nat', '-', '?']);

/** True for an empty field, and for the words for it that pandas, R, MySQL and Excel write. */
export function isNone(text: string): boolean {
  return text.length <= 4 && NONE.has(text.toLowerCase());
}

/** The text of a field, empty where it is a word for none. */
export function valueOf(text: string | undefined): string {
  const trimmed = text?.trim() ?? '';
  return isNone(trimmed) ? '' : trimmed;
}
