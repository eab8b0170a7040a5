import { hash } from 'node:crypto';

/** An entity tag of a text. Weak: what compression makes of it has other bytes. */
export function weakEtag(text: string): string {
  return `W/"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
}
