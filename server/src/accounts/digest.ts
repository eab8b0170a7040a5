import { hash } from 'node:crypto';

/** SHA-256 in base64url. A random token is stored as this: it cannot be guessed, so that no slower hash is needed. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}
