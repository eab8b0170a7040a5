import { z } from 'zod';
import { EXPORT_KINDS, type ExportRequest } from './exportRequest.ts';
import type { AddressSigner } from './signedAddress.ts';

/** Exports are below this path. */
export const EXPORT_PATH = '/exports/';

/** Seconds in which a fetch may begin. */
export const EXPORT_TTL_SECONDS = 900;

const PRIVATE = 'private';
const kind = z.enum(EXPORT_KINDS);

/** The address of an export on this server, without its origin. */
export function exportAddress(
  signer: AddressSigner,
  request: ExportRequest,
  expiresAtSeconds: number,
): string {
  const params: Record<string, string> = request.includesPrivate ? { [PRIVATE]: '1' } : {};
  return signer.sign(pathOfKind(request.kind), params, expiresAtSeconds);
}

/** The export that an address is of; null for one that is wrong or has expired. */
export function exportOfAddress(
  signer: AddressSigner,
  { path, search }: { path: string; search: string },
  nowSeconds: number,
): ExportRequest | null {
  const params = signer.open(path, search, nowSeconds);
  const named = kind.safeParse(path.slice(EXPORT_PATH.length).replace(/\.jsonl$/, ''));
  if (!params || !named.success || pathOfKind(named.data) !== path) return null;
  return { kind: named.data, includesPrivate: params[PRIVATE] === '1' };
}

function pathOfKind(name: string): string {
  return `${EXPORT_PATH}${name}.jsonl`;
}
