import { randomBytes } from 'node:crypto';

/** A random id of 128 bits, in base64url. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

/** A token of 256 random bits, in base64url: opaque, and as good as a password to whoever has it. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A random id in hexadecimal digits. @param length an even number of digits */
export function randomHex(length: number): string {
  return randomBytes(length / 2).toString('hex');
}
