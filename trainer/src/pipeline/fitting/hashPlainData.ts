import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

/**
 * SHA-256 of plain data: objects, arrays, typed arrays, strings, numbers, booleans, null. The order of keys does not matter,
 * an undefined property is as none, and data of different types never collide.
 * @returns 64 hexadecimal digits
 * @throws TypeError for what is no plain data, such as a function
 */
export function hashPlainData(value: unknown): string {
  const hash = createHash('sha256');
  update(hash, value);
  return hash.digest('hex');
}

function update(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength}:`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`[${value.length}:`);
    for (const element of value) update(hash, element);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, property]) => property !== undefined);
    hash.update(`{${entries.length}:`);
    for (const [key, property] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      update(hash, key);
      update(hash, property);
    }
  } else if (typeof value === 'string') {
    hash.update(`"${Buffer.byteLength(value)}:${value}`);
  } else if (typeof value === 'number') {
    // As text, −0 would be 0.
    hash.update(Object.is(value, -0) ? '#-0;' : `#${value};`);
  } else if (typeof value === 'boolean' || value === null || value === undefined) {
    hash.update(`!${String(value)};`);
  } else {
    throw new TypeError(`a ${typeof value} is no plain data`);
  }
}
