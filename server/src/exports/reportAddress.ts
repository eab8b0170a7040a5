import type { AddressSigner } from './signedAddress.ts';

/** Parts of the server's state are below this path. */
export const REPORT_PATH = '/operators/';

/** Seconds in which a command asks. */
const TTL_SECONDS = 60;

/** The address of a part of a server's state, without its origin. */
export function reportAddress(signer: AddressSigner, name: string, nowSeconds: number): string {
  return signer.sign(`${REPORT_PATH}${name}`, {}, nowSeconds + TTL_SECONDS);
}
