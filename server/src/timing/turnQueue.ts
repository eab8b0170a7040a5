/** Those who have had so many turns or more wait in one line: long work is long work. */
const MOST_TURNS = 15;

interface Waiting {
  readonly letOn: () => void;
  /** Its place among all that ever waited. */
  readonly place: number;
}

/** Entries of a line that have gone and stay in front of the others before it is shortened. */
const MAX_GONE = 1_000;

/** First in, first out, without moving the others for each that goes. */
class Line {
  #entries: Waiting[] = [];
  #first = 0;

  get head(): Waiting | undefined {
    return this.#entries[this.#first];
  }

  push(entry: Waiting): void {
    this.#entries.push(entry);
  }

  shift(): void {
    this.#first++;
    if (this.#first < Math.min(MAX_GONE, this.#entries.length)) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }
}

/**
 * Work that waits for a turn of the event loop. By turns the one with the fewest turns so far is next, and the one that has waited
 * longest: short work gets past long work, and long work still gets on.
 */
export class TurnQueue {
  readonly #lines = Array.from({ length: MOST_TURNS + 1 }, () => new Line());
  #length = 0;
  #place = 0;
  #isOldestNext = false;

  get length(): number {
    return this.#length;
  }

  /** @param taken turns that this work has had */
  push(taken: number, letOn: () => void): void {
    this.#lines[Math.min(taken, MOST_TURNS)]?.push({ letOn, place: this.#place++ });
    this.#length++;
  }

  /** Takes the next one out; undefined where nothing waits. */
  shift(): (() => void) | undefined {
    const waiting = this.#lines.filter(({ head }) => head !== undefined);
    const line = this.#isOldestNext ? waiting.reduce(older, waiting[0]) : waiting[0];
    this.#isOldestNext = !this.#isOldestNext;
    const entry = line?.head;
    if (!line || !entry) return undefined;
    line.shift();
    this.#length--;
    return entry.letOn;
  }
}

function older(one: Line | undefined, other: Line): Line {
  return (one?.head?.place ?? Infinity) < (other.head?.place ?? Infinity) ? (one ?? other) : other;
}
