const FIRST_SLOTS = 1 << 10;
const FIRST_BYTES = 1 << 14;
/** FNV-1a's offset and prime, 32 bits. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * Numbers distinct texts from 0 in the order in which they come. They are kept as UTF-8, one after the other, beside a hash table
 * with linear probing: a UUID takes some 56 bytes, so that millions fit where objects would not.
 */
export class TextTable {
  size = 0;
  #bytes = new Uint8Array(FIRST_BYTES);
  /** Beginnings of the texts, and the end of the last. */
  #starts = new Float64Array(FIRST_SLOTS / 2 + 1);
  #hashes = new Int32Array(FIRST_SLOTS / 2);
  /** Number + 1; 0 where nothing is. */
  #slots = new Int32Array(FIRST_SLOTS);
  #encoder: TextEncoder | undefined;
  #scratch = new Uint8Array(0);

  /** The number of a text, a new one where it is met for the first time. */
  add(text: string): number {
    const end = this.#encode(text);
    return this.addBytes(this.#scratch, 0, end);
  }

  /** The same of its UTF-8. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slot = this.#slotOf(bytes, start, end, hash);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    const added = this.size++;
    this.#append(bytes, start, end, hash);
    this.#slots[slot] = added + 1;
    if (2 * this.size >= this.#slots.length) this.#grow();
    return added;
  }

  /** −1 for a text that is not there. */
  find(text: string): number {
    const end = this.#encode(text);
    return this.findBytes(this.#scratch, 0, end);
  }

  /** The same of its UTF-8. */
  findBytes(bytes: Uint8Array, start: number, end: number): number {
    return (this.#slots[this.#slotOf(bytes, start, end, hashOf(bytes, start, end))] ?? 0) - 1;
  }

  /** The text of a number that was given. */
  textOf(index: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1]));
  }

  /** The numbers in the order of their texts, by code point. */
  inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.size }, (_, index) => index);
    return order.sort((left, right) => this.#compare(left, right));
  }

  /** UTF-8 is in the order of its code points. */
  #compare(left: number, right: number): number {
    const bytes = this.#bytes;
    const [leftStart = 0, rightStart = 0] = [this.#starts[left], this.#starts[right]];
    const leftLength = (this.#starts[left + 1] ?? 0) - leftStart;
    const rightLength = (this.#starts[right + 1] ?? 0) - rightStart;
    for (let at = 0; at < leftLength && at < rightLength; at++) {
      const difference = (bytes[leftStart + at] ?? 0) - (bytes[rightStart + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return leftLength - rightLength;
  }

  /** The slot that holds a text, or the free one that is to hold it. */
  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const last = this.#slots.length - 1;
    let slot = hash & last;
    for (;;) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index < 0 || (this.#hashes[index] === hash && this.#isAt(index, bytes, start, end))) return slot;
      slot = (slot + 1) & last;
    }
  }

  #isAt(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#starts[index] ?? 0;
    if ((this.#starts[index + 1] ?? 0) - own !== end - start) return false;
    for (let at = 0; at < end - start; at++) if (this.#bytes[own + at] !== bytes[start + at]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const from = this.#starts[this.size - 1] ?? 0;
    const to = from + end - start;
    if (to > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, to));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(start, end), from);
    this.#hashes[this.size - 1] = hash;
    this.#starts[this.size] = to;
  }

  #grow(): void {
    const capacity = 2 * this.#slots.length;
    const starts = new Float64Array(capacity / 2 + 1);
    const hashes = new Int32Array(capacity / 2);
    starts.set(this.#starts);
    hashes.set(this.#hashes);
    this.#starts = starts;
    this.#hashes = hashes;
    this.#slots = new Int32Array(capacity);
    for (let index = 0; index < this.size; index++) {
      let slot = (hashes[index] ?? 0) & (capacity - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (capacity - 1);
      this.#slots[slot] = index + 1;
    }
  }

  /** Writes a text into the scratch bytes; returns where it ends. */
  #encode(text: string): number {
    this.#encoder ??= new TextEncoder();
    if (this.#scratch.length < 3 * text.length) this.#scratch = new Uint8Array(6 * text.length);
    return this.#encoder.encodeInto(text, this.#scratch).written;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  // The lowest bits alone choose a slot.
  return hash ^ (hash >>> 15);
}
