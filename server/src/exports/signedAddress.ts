import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Signs addresses that work without a sign-in until they expire. */
export interface AddressSigner {
  /**
   * The path with its parameters, the time of its end and a signature.
   * @param path begins with a slash
   */
  sign(path: string, params: Readonly<Record<string, string>>, expiresAtSeconds: number): string;
  /**
   * The parameters of an address; null for one that was not signed here, was changed, or has expired.
   * @param search the query, with or without its question mark
   */
  open(path: string, search: string, nowSeconds: number): Readonly<Record<string, string>> | null;
}

const EXPIRES = 'expires';
const SIGNATURE = 'signature';
const MAX_SEARCH_LENGTH = 500;

/** @param secrets that sign access tokens: keys of their own are derived; the first one signs, all of them verify */
export function createAddressSigner(secrets: readonly [string, ...string[]]): AddressSigner {
  const [key, ...older] = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'pocketrocket signed addresses', 32)),
  );
  const keys = [key ?? Buffer.alloc(0), ...older];
  return {
    sign(path, params, expiresAtSeconds) {
      const search = new URLSearchParams({ ...params, [EXPIRES]: String(expiresAtSeconds) });
      const signed = `${path}?${search.toString()}`;
      return `${signed}&${SIGNATURE}=${macOf(keys[0], signed).toString('base64url')}`;
    },
    open(path, search, nowSeconds) {
      const text = search.replace(/^\?/, '');
      if (text.length > MAX_SEARCH_LENGTH) return null;
      const [, signed = '', given = ''] = /^(.*)&signature=([\w-]{43})$/.exec(text) ?? [];
      const mac = Buffer.from(given, 'base64url');
      const isSigned = keys.some(
        (one) => mac.length === 32 && timingSafeEqual(mac, macOf(one, `${path}?${signed}`)),
      );
      if (!isSigned) return null;
      const { [EXPIRES]: expires = '0', ...params } = Object.fromEntries(new URLSearchParams(signed));
      return Number(expires) > nowSeconds ? params : null;
    },
  };
}

function macOf(key: Buffer | undefined, text: string): Buffer {
  return createHmac('sha256', key ?? '')
    .update(text)
    .digest();
}
