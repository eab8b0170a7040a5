/** A string, which is passed over, or one of the numbers that TensorFlow Serving writes and JSON does not have. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity|Inf)\b/g;
/** No text that came as JSON begins so: control characters are escaped in it. */
const MARK = '\u0001';

/**
 * Parses JSON in which NaN, Infinity, -Infinity and their short forms may stand as numbers, as TensorFlow Serving reads and
 * writes them.
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseNanJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const marked = text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') ? token : `"\\u0001${token.replace(/Inf$/, 'Infinity')}"`,
    );
    if (marked === text) throw error;
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(1)) : value,
    ) as unknown;
  }
}
