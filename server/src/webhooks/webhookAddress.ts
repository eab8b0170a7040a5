import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { MAX_WEBHOOK_URL_LENGTH } from '@pocketrocket/schema/database';
import { messageOf } from '@pocketrocket/runtime';
import { refuse } from '../arguments/checks.ts';
import { hostOf, isPublicAddress } from './publicAddress.ts';

/** The addresses that webhooks may have. */
export interface WebhookRules {
  /** True where `http:` may be used. */
  allowsHttp: boolean;
  /** Host names and addresses of the own network that are allowed all the same. */
  allowedHosts: readonly string[];
}

/** True for a host that the operator has named. */
export function isNamedHost({ allowedHosts }: WebhookRules, host: string): boolean {
  return allowedHosts.some((one) => one.toLowerCase() === host.toLowerCase());
}

/**
 * Checks the address of a new webhook, as far as can be told now; each delivery checks again where it connects to.
 * @returns the address as it is stored
 * @throws AppError BAD_USER_INPUT
 */
export async function checkWebhookAddress(text: string, rules: WebhookRules): Promise<string> {
  const url = parse(text, rules);
  const host = hostOf(url);
  if (isNamedHost(rules, host)) return url.href;
  const addresses = isIP(host) === 0 ? await addressesOf(host) : [host];
  for (const address of addresses)
    if (!isPublicAddress(address))
      refuse(
        `url leads to ${address}, which is not on the public internet; an operator allows hosts of the own network by WEBHOOKS_ALLOWED_HOSTS`,
      );
  return url.href;
}

function parse(text: string, { allowsHttp }: WebhookRules): URL {
  if (text.length > MAX_WEBHOOK_URL_LENGTH || !URL.canParse(text))
    refuse(
      `url must be an address of up to ${MAX_WEBHOOK_URL_LENGTH} characters, such as https://example.org/hook`,
    );
  const url = new URL(text);
  const isAllowed = url.protocol === 'https:' || (allowsHttp && url.protocol === 'http:');
  if (!isAllowed) refuse(`url must begin with https:${allowsHttp ? ' or http:' : ''}`);
  if (url.username !== '' || url.password !== '')
    refuse('url must not hold a user or a password; what is sent is signed instead');
  url.hash = '';
  if (url.href.length > MAX_WEBHOOK_URL_LENGTH)
    refuse(`url must have up to ${MAX_WEBHOOK_URL_LENGTH} characters once it is escaped`);
  return url;
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch((error: unknown) =>
    refuse(`url names a host that cannot be found: ${messageOf(error)}`),
  );
  return found.map(({ address }) => address);
}
