import { hash, randomBytes } from 'node:crypto';

/** A random id of 128 bits, in base64url. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

/** A token of 256 random bits, in base64url: opaque, and as good as a password to whoever has it. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in base64url. A random token is stored as this: it cannot be guessed, so that no slower hash is needed. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}
