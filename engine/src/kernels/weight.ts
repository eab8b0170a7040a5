import { types } from 'node:util';

/** Lighter holders are found soon enough, and a small weight would be made of memory in use. */
const LEAST_BYTES = 8 * 2 ** 20;

const weights = new WeakMap<object, ArrayBuffer>();

/**
 * Tells V8's garbage collector how much memory goes with an object. It counts memory of its own but neither shared memory
 * nor WebAssembly's, behind which lie a few bytes of wrapper: without this a model that was exchanged would stay for as long
 * as nothing else calls for a collection.
 *
 * The weight is an array that nobody touches, for which the system hands out addresses and no memory.
 */
export function weigh(holder: object, bytes: number): void {
  if (bytes < LEAST_BYTES) return;
  try {
    weights.set(holder, new ArrayBuffer(bytes));
  } catch (error) {
    // Where not even addresses are left, the collector runs by itself.
    if (!(error instanceof RangeError)) throw error;
  }
}

/** Adds up the bytes of all shared memory that can be reached through fields, each counted once. */
export function sharedBytesOf(value: unknown): number {
  let bytes = 0;
  const seen = new Set<unknown>();
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null || seen.has(one)) return;
    seen.add(one);
    if (types.isSharedArrayBuffer(one)) bytes += one.byteLength;
    else if (ArrayBuffer.isView(one)) visit(one.buffer);
    else for (const field of Object.values(one)) visit(field);
  };
  visit(value);
  return bytes;
}
