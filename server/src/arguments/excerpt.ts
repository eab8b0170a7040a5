const MAX_LENGTH = 60;

/** The beginning of a text that a caller sent, for a message: what is long is cut, what cannot be printed is escaped. */
export function excerptOf(text: string): string {
  const escaped = JSON.stringify(text.slice(0, MAX_LENGTH));
  return text.length > MAX_LENGTH ? `${escaped.slice(0, -1)}…"` : escaped;
}
