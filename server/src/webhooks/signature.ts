import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that signs a delivery: `t=<Unix seconds>,v1=<HMAC-SHA256 in hex>`. */
export const SIGNATURE_HEADER = 'pocketrocket-signature';

/** Signs a body together with the time at which it is sent, so that a copy is no good later. */
export function signatureOf(secret: string, body: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${hmac(secret, body, atSeconds)}`;
}

/**
 * True for a signature of this body that is not older than so many seconds: what a receiver does.
 * @param nowSeconds Unix time
 */
export function isSignedBy(
  secret: string,
  body: string,
  header: string,
  { nowSeconds, withinSeconds = 300 }: { nowSeconds: number; withinSeconds?: number },
): boolean {
  const [, time = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  const atSeconds = Number(time);
  if (given === '' || Math.abs(nowSeconds - atSeconds) > withinSeconds) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(hmac(secret, body, atSeconds), 'hex'));
}

function hmac(secret: string, body: string, atSeconds: number): string {
  return createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex');
}
