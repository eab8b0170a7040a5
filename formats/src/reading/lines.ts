import { FormatError } from './formatError.ts';

export const LINE_FEED = 0x0a;

/** Text encodings of the files, as `TextDecoder` calls them. */
export type Encoding = 'utf-8' | 'latin1';

/** Cuts bytes after line feeds: each piece holds whole lines, also the last one where the file ends without a line feed. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = plain(chunk);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      rest = joined(rest, bytes);
      continue;
    }
    // Only the line that the chunks share is copied.
    const start = rest.length === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
    if (start > 0) yield joined(rest, bytes.subarray(0, start));
    if (end > start) yield bytes.subarray(start, end);
    rest = bytes.slice(end);
  }
  if (rest.length > 0) yield joined(rest, Uint8Array.of(LINE_FEED));
}

/** The lines of a text in batches, without their line feeds; a byte order mark is dropped. @throws FormatError */
export async function* textLines(
  file: string,
  encoding: Encoding,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string[]> {
  const decode = textDecoder(file, encoding);
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decode(chunk, true)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  rest += decode(new Uint8Array(0), false);
  if (rest !== '') yield [rest];
}

/** Decodes bytes; with `stream` a character may go on in the next bytes. @throws FormatError where they are not in the encoding */
export function textDecoder(
  file: string,
  encoding: Encoding,
): (bytes: Uint8Array, stream?: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes, stream = false) => {
    try {
      return decoder.decode(bytes, { stream });
    } catch (cause) {
      throw new FormatError(`${file} cannot be read: it is not UTF-8 text`, file, null, { cause });
    }
  };
}

/** A plain view of what may be a subclass: one class makes loops over the bytes fast. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}
