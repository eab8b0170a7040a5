import type { FormattedExecutionResult } from 'graphql';
import { Turns } from '../../timing/turns.ts';

/** Answers of so many characters, keys and strings counted, are written at once. */
const WRITTEN_AT_ONCE = 64 * 1024;
/** Bytes that a character may take at most, escaped or in UTF-8. */
const BYTES_PER_CHARACTER = 6;

/** A text that would be longer than allowed. */
class TooLarge extends Error {}

/** An answer and its text; where it would have been too large, an error in its place. */
export interface WrittenAnswer {
  answer: FormattedExecutionResult;
  text: string;
}

/**
 * Writes answers as JSON, and none longer than allowed: that is noticed while it is written. Long ones are written part by part,
 * with the event loop turning between.
 * @param maxBytes of an answer in UTF-8
 */
export function createAnswerWriter(
  maxBytes: number,
): (answer: FormattedExecutionResult) => string | Promise<string> {
  const write = createBoundedWriter(maxBytes);
  return (answer) => {
    const written = write(answer);
    return written instanceof Promise ? written.then(({ text }) => text) : written.text;
  };
}

/** As {@link createAnswerWriter}, for whoever needs the answer beside its text. */
export function createBoundedWriter(
  maxBytes: number,
): (answer: FormattedExecutionResult) => WrittenAnswer | Promise<WrittenAnswer> {
  const atOnce = Math.min(WRITTEN_AT_ONCE, Math.floor(maxBytes / BYTES_PER_CHARACTER));
  return (answer) => {
    if (isShort(answer, atOnce)) return { answer, text: JSON.stringify(answer) };
    const parts = new Parts(maxBytes, atOnce);
    return parts.write(answer).then(
      () => ({ answer, text: parts.text() }),
      (error: unknown) => {
        if (!(error instanceof TooLarge)) throw error;
        const refused = refusal(maxBytes);
        return { answer: refused, text: JSON.stringify(refused) };
      },
    );
  };
}

function refusal(maxBytes: number): FormattedExecutionResult {
  const message =
    `The answer would be larger than ${Math.floor(maxBytes / 1000)} kB: ` +
    'ask for fewer entries (first), fewer fields, or shorter aliases.';
  return { errors: [{ message, extensions: { code: 'ANSWER_TOO_LARGE' } }], data: null };
}

class Parts {
  readonly #parts: string[] = [];
  readonly #maxBytes: number;
  readonly #atOnce: number;
  readonly #turns = new Turns();
  #bytes = 0;

  constructor(maxBytes: number, atOnce: number) {
    this.#maxBytes = maxBytes;
    this.#atOnce = atOnce;
  }

  text(): string {
    return this.#parts.join('');
  }

  /** Adds a value as JSON. @throws TooLarge */
  async write(value: unknown): Promise<void> {
    if (typeof value !== 'object' || value === null || isShort(value, this.#atOnce)) {
      this.#add(JSON.stringify(value) ?? 'null');
      await this.#turns.yieldIfLong();
    } else if (Array.isArray(value)) {
      await this.#writeAll('[', value.entries(), ']', () => '');
    } else {
      const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
      await this.#writeAll('{', given, '}', (key) => `${JSON.stringify(key)}:`);
    }
  }

  async #writeAll<Key>(
    open: string,
    entries: Iterable<[Key, unknown]>,
    close: string,
    labelOf: (key: Key) => string,
  ): Promise<void> {
    let separator = open;
    for (const [key, inner] of entries) {
      this.#add(separator + labelOf(key));
      await this.write(inner);
      separator = ',';
    }
    this.#add(separator === open ? open + close : close);
  }

  #add(text: string): void {
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > this.#maxBytes) throw new TooLarge();
    this.#parts.push(text);
  }
}

/** True for a value whose JSON is short; looks no further than it must. */
function isShort(value: unknown, atOnce: number): boolean {
  return roomAfter(value, atOnce) >= 0;
}

/** Number of characters that is left after a value; negative where it is longer. */
function roomAfter(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length - 3;
  if (typeof value !== 'object' || value === null) return room - 8;
  let left = room;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && left >= 0; index++) left = roomAfter(value[index], left);
    return left - 2;
  }
  // Answers are objects without a prototype, or with one that adds no key.
  for (const key in value) {
    left = roomAfter((value as Record<string, unknown>)[key], left - key.length - 4);
    if (left < 0) break;
  }
  return left - 2;
}
