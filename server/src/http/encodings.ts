import type { IncomingMessage } from 'node:http';

/** True if whoever asks takes Brotli. */
export function takesBrotli({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return /(?:^|[\s,])br(?!\s*;\s*q=0(?:\.0*)?(?:[\s,]|$))(?:[\s,;]|$)/.test(
    headers['accept-encoding']?.toString() ?? '',
  );
}
