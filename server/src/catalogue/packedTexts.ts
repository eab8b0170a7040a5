import { sharedNumbers } from './sharedNumbers.ts';

/** Many texts one behind another, in memory that threads share. */
export interface PackedTexts {
  /** UTF-8. */
  bytes: Uint8Array;
  /** The begin of each, and behind them the end of the last: [texts + 1]. */
  offsets: Int32Array;
}

/** Bytes of a UTF-16 unit in UTF-8, at most. */
const MOST_BYTES = 3;

/** Packs texts in the order in which they are added. */
export class TextPacker {
  #bytes = Buffer.alloc(2 ** 12);
  #used = 0;
  readonly #offsets = [0];

  add(text: string): void {
    this.#makeRoom(MOST_BYTES * text.length);
    this.#used += this.#bytes.write(text, this.#used);
    this.#offsets.push(this.#used);
  }

  /** Adds a text that is packed already. */
  addBytes(text: Uint8Array): void {
    this.#makeRoom(text.length);
    this.#bytes.set(text, this.#used);
    this.#used += text.length;
    this.#offsets.push(this.#used);
  }

  packed(): PackedTexts {
    return {
      bytes: sharedNumbers(Uint8Array, this.#bytes.subarray(0, this.#used)),
      offsets: sharedNumbers(Int32Array, this.#offsets),
    };
  }

  #makeRoom(bytes: number): void {
    const least = this.#used + bytes;
    if (least <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(least, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }
}

/** Reads packed texts; each is decoded when it is asked for. */
export class TextReader {
  readonly #bytes: Buffer;
  readonly #offsets: Int32Array;

  constructor({ bytes, offsets }: PackedTexts) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offsets = offsets;
  }

  /** The text of a place; empty beyond the last. */
  at(place: number): string {
    return this.#bytes.toString('utf8', this.#offsets[place] ?? 0, this.#offsets[place + 1] ?? 0);
  }
}
