import { timingSafeEqual } from 'node:crypto';
import { randomHex, randomToken } from '@pocketrocket/runtime';
import { APP_ID_LENGTH, KEY_ID_LENGTH } from '@pocketrocket/schema/database';
import { API_KEY_PREFIX } from '../accounts/authorization.ts';
import { digest } from '../accounts/digest.ts';

/** An API key as it is sent: its id, which may be told, and its secret. */
export interface KeyText {
  keyId: string;
  secret: string;
}

const KEY = new RegExp(`^${API_KEY_PREFIX}([0-9a-f]{${KEY_ID_LENGTH}})_([\\w-]{43})$`);

export function writeKey({ keyId, secret }: KeyText): string {
  return `${API_KEY_PREFIX}${keyId}_${secret}`;
}

/** Null for what is no key. */
export function readKey(text: string): KeyText | null {
  const [, keyId, secret] = KEY.exec(text) ?? [];
  return keyId !== undefined && secret !== undefined ? { keyId, secret } : null;
}

/** A new secret, and what is stored of it. */
export function makeSecret(): { secret: string; secretHash: string } {
  const secret = randomToken();
  return { secret, secretHash: digest(secret) };
}

/** True if a secret has this hash; takes as long either way. */
export function isSecretOf(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(digest(secret)), Buffer.from(secretHash));
}

export function randomKeyId(): string {
  return randomHex(KEY_ID_LENGTH);
}

export function randomAppId(): string {
  return randomHex(APP_ID_LENGTH);
}
