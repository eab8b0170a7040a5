import { joined } from './encoding.ts';

export const LINE_FEED = 0x0a;

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

/** A plain view of what may be a subclass: one class makes loops over the bytes fast. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}
