import { FormatError } from '../checks/formatError.ts';

const NOT_TEXT: readonly { signature: readonly number[]; what: string }[] = [
  { signature: [0x50, 0x4b, 0x03, 0x04], what: 'a zip file or an Excel workbook: save it as CSV' },
  { signature: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook: save it as CSV' },
  { signature: [0x1f, 0x8b], what: 'a gzip file: unpack it' },
  { signature: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file: save it as CSV' },
  { signature: [0xff, 0xfe, 0, 0], what: 'text in UTF-32: save it as UTF-8' },
  { signature: [0, 0, 0xfe, 0xff], what: 'text in UTF-32: save it as UTF-8' },
];
const HEAD_LENGTH = 4;
/** Text has no zeros; a stray one further on is a slip. */
const BINARY_HEAD = 256;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A file whose first line is longer has no lines. */
const LONGEST_FIRST_LINE = 1 << 20;

/** Turns pieces of a stream into others; `end` gives what is left. */
interface Transform {
  push(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);
const AS_IT_IS: Transform = { push: (bytes) => bytes, end: () => NOTHING };

/**
 * The same text with line feeds between lines, also in files of the old Mac's carriage returns, and in bytes that `textDecoder` takes: UTF-16, by its mark or by the
 * zeros beside the first letter, becomes UTF-8. A mark of UTF-8 is dropped. All else passes as it is, without a copy.
 * @throws FormatError where the file is not text
 */
export async function* plainBytes(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const utf8 = transformed(chunks, (head, isAll) =>
    head.length >= HEAD_LENGTH || isAll ? toUtf8(file, head) : null,
  );
  yield* transformed(utf8, lineEndsOf);
}

/** Passes a stream through what its first bytes ask for. @param choose null where more bytes are needed */
async function* transformed(
  chunks: AsyncIterable<Uint8Array>,
  choose: (head: Uint8Array, isAll: boolean) => { transform: Transform; skip: number } | null,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = NOTHING;
  let transform: Transform | null = null;
  for await (const chunk of chunks) {
    if (transform) {
      yield transform.push(chunk);
      continue;
    }
    head = head.length === 0 ? chunk : joined(head, chunk);
    const choice = choose(head, false);
    if (!choice) continue;
    transform = choice.transform;
    yield transform.push(head.subarray(choice.skip));
  }
  if (!transform && head.length > 0) {
    const choice = choose(head, true) ?? { transform: AS_IT_IS, skip: 0 };
    transform = choice.transform;
    yield transform.push(head.subarray(choice.skip));
  }
  if (transform) yield transform.end();
}

function toUtf8(file: string, head: Uint8Array): { transform: Transform; skip: number } {
  const [first = 1, second = 1, third = 1, fourth = 1] = head;
  for (const { signature, what } of NOT_TEXT) {
    if (signature.every((byte, at) => head[at] === byte))
      throw new FormatError(`${file} cannot be read: it is ${what}`, file, null);
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) return { transform: AS_IT_IS, skip: 3 };
  if (first === 0xff && second === 0xfe) return { transform: fromUtf16('utf-16le'), skip: 2 };
  if (first === 0xfe && second === 0xff) return { transform: fromUtf16('utf-16be'), skip: 2 };
  if (first !== 0 && second === 0 && fourth === 0) return { transform: fromUtf16('utf-16le'), skip: 0 };
  if (first === 0 && second !== 0 && third === 0) return { transform: fromUtf16('utf-16be'), skip: 0 };
  if (head.subarray(0, BINARY_HEAD).includes(0))
    throw new FormatError(`${file} cannot be read: it is not text`, file, null);
  return { transform: AS_IT_IS, skip: 0 };
}

function fromUtf16(encoding: 'utf-16le' | 'utf-16be'): Transform {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return {
    push: (bytes) => encoder.encode(decoder.decode(bytes, { stream: true })),
    end: () => encoder.encode(decoder.decode()),
  };
}

/** The first line's end says how all lines end: a carriage return that no line feed follows is one itself. */
function lineEndsOf(head: Uint8Array, isAll: boolean): { transform: Transform; skip: number } | null {
  const asItIs = { transform: AS_IT_IS, skip: 0 };
  const at = head.findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN);
  if (at < 0) return isAll || head.length > LONGEST_FIRST_LINE ? asItIs : null;
  if (head[at] === LINE_FEED) return asItIs;
  const after = head[at + 1];
  if (after === undefined && !isAll) return null;
  // Two carriage returns before a line feed come of text written as text twice.
  const isOld = after !== LINE_FEED && !(after === CARRIAGE_RETURN && head[at + 2] === LINE_FEED);
  return isOld ? { transform: { push: withLineFeeds, end: () => NOTHING }, skip: 0 } : asItIs;
}

function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte));
}

/**
 * Decodes whole lines: those that are valid UTF-8 as such, each other one as Windows-1252. In a file of either encoding every line is read as it was meant, wherever its
 * first accent stands, and nothing is read twice: a line of Windows-1252 with accents is valid UTF-8 only by a very rare chance.
 * @param onOther called with each line that is not UTF-8, as it was read
 */
export function textDecoder(onOther: (line: string) => void = () => {}): (bytes: Uint8Array) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (bytes: Uint8Array): string | null => {
    try {
      return utf8.decode(bytes);
    } catch {
      // Not UTF-8: that is what was asked.
      return null;
    }
  };
  return (bytes) => {
    const text = decode(bytes);
    if (text !== null) return text;
    const lines: string[] = [];
    for (let start = 0; start < bytes.length;) {
      const feed = bytes.indexOf(LINE_FEED, start);
      const end = feed < 0 ? bytes.length : feed + 1;
      const line = bytes.subarray(start, end);
      let read = decode(line);
      if (read === null) onOther((read = decodeWindows1252(line)));
      lines.push(read);
      start = end;
    }
    return lines.join('');
  };
}

/** Windows-1252 from 0x80 to 0x9F; the rest is Latin-1. The five without a character are the controls of these numbers, as the WHATWG's standard has it. */
const FROM_0X80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By hand: TextDecoder of some releases of Node.js gives controls in place of the characters from 0x80 to 0x9F. */
function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text += byte >= 0x80 && byte < 0xa0 ? FROM_0X80[byte - 0x80] : String.fromCharCode(byte);
  return text;
}

/** The whole text of a file in any of these encodings, with its lines' ends as they are. @throws FormatError where it is not text */
export function decodeText(file: string, bytes: Uint8Array): string {
  const { transform, skip } = toUtf8(file, bytes);
  return textDecoder()(joined(transform.push(bytes.subarray(skip)), transform.end()));
}

export function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}
