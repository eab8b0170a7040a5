import { domainToASCII } from 'node:url';

/**
 * An email address as it is compared: without case, its domain in ASCII. Dots and what follows a plus stay: only the provider knows what
 * they mean.
 */
export function normaliseEmail(given: string): string {
  const trimmed = given.trim().normalize('NFC').toLowerCase();
  const at = trimmed.lastIndexOf('@');
  const domain = trimmed.slice(at + 1);
  return at < 0 ? trimmed : `${trimmed.slice(0, at)}@${domainToASCII(domain) || domain}`;
}
