/** Characters of a request that an error repeats at most: enough to know it again. */
const MAX_ECHO = 100;
/** Deeper than that the indentation alone exceeds it. */
const MAX_DEPTH = 8;

/** The begin of a text from a request. */
export function echo(text: string): string {
  return text.length <= MAX_ECHO ? text : `${text.slice(0, MAX_ECHO)}…`;
}

/** The begin of a value from a request as TensorFlow Serving prints it: JSON indented by four. Takes little time however large it is. */
export function echoJson(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return echo(JSON.stringify(beginOf(value, MAX_DEPTH, { left: MAX_ECHO }), null, 4) ?? '');
}

/** The part of a value that its text begins with. @param entries the most to be taken, which counts down */
function beginOf(value: unknown, depth: number, entries: { left: number }): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_ECHO + 1);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return Array.isArray(value) ? [] : {};
  const begin: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
  for (const key in value) {
    if (entries.left-- <= 0) break;
    const part = beginOf((value as Record<string, unknown>)[key], depth - 1, entries);
    Object.defineProperty(begin, key.slice(0, MAX_ECHO + 1), {
      value: part,
      enumerable: true,
      configurable: true,
    });
  }
  return begin;
}
