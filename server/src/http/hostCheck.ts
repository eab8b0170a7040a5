import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Logger } from '@pocketrocket/runtime';
import { pathOf } from './requestPath.ts';

export interface HostCheckOptions {
  /** The address that the server listens on. */
  host: string;
  /** Origin at which people reach the server; null where none is set. */
  publicUrl: string | null;
  /** Further names, such as that of a service in a cluster. */
  allowedHosts: readonly string[];
  logger: Logger;
}

/** Probes ask by whatever address they know the server by, and learn nothing that matters. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/**
 * Checks the names by which clients ask: a page of another site whose name was made to lead here (DNS rebinding) would ask by that
 * name. Numeric addresses and localhost lead nowhere else. Without a public URL a server that other machines reach is open to any name.
 * @returns true for a request that may be answered
 */
export function createHostCheck({
  host,
  publicUrl,
  allowedHosts,
  logger,
}: HostCheckOptions): (req: IncomingMessage) => boolean {
  if (publicUrl === null && allowedHosts.length === 0 && !isLoopback(host)) {
    logger.warn({ host }, 'any Host header is accepted: set PUBLIC_URL');
    return () => true;
  }
  const names = new Set([host, ...allowedHosts].map((name) => name.toLowerCase()));
  if (publicUrl !== null) names.add(new URL(publicUrl).hostname);
  let numRefused = 0;
  return (req) => {
    const { host: given } = req.headers;
    // Only HTTP/1.0 may go without, which no browser speaks.
    if (given === undefined) return true;
    const name = nameIn(given);
    if (name !== null && (isLocal(name) || names.has(name))) return true;
    if (OPEN_PATHS.has(pathOf(req))) return true;
    if (numRefused++ === 0)
      logger.warn(
        { asked: given.slice(0, 200) },
        'unknown Host header refused: see PUBLIC_URL and ALLOWED_HOSTS',
      );
    return false;
  };
}

/** The name in a Host header as browsers read it, without the port; null for what is none. */
function nameIn(host: string): string | null {
  const url = `http://${host}`;
  if (/[/@?#\\\s]/.test(host) || !URL.canParse(url)) return null;
  return new URL(url).hostname.replace(/\.$/, '');
}

function isLocal(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
