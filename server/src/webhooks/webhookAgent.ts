import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from './publicAddress.ts';
import { isNamedHost, type WebhookRules } from './webhookAddress.ts';

/** Milliseconds that connecting may take, TLS included. */
const CONNECT_MS = 5_000;
/** The same from the request to the head of its answer, and between two parts of it. */
const ANSWER_MS = 10_000;
/** Bytes of an answer that are read; a longer one ends the connection. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** A connection to an address that webhooks may not have. */
export class ForbiddenAddress extends Error {
  constructor(address: string) {
    super(`${address} is not on the public internet`);
    this.name = 'ForbiddenAddress';
  }
}

/**
 * Makes connections to public addresses alone: what a name stands for is looked at where it is connected to, so that a name which is
 * answered differently the next time leads nowhere else.
 * @param resolve the system's resolver unless given
 */
export function createWebhookAgent(rules: WebhookRules, resolve: LookupFunction = systemLookup): Agent {
  const connectChecked = buildConnector({ timeout: CONNECT_MS, lookup: publicAlone(resolve) });
  const connectNamed = buildConnector({ timeout: CONNECT_MS, lookup: resolve });
  return new Agent({
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
    // Each delivery connects anew, and is checked anew.
    pipelining: 0,
    connect(options, callback) {
      const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
      if (isNamedHost(rules, host)) return connectNamed(options, callback);
      // Nobody looks up what is an address already.
      if (isIP(host) !== 0 && !isPublicAddress(host)) return callback(new ForbiddenAddress(host), null);
      return connectChecked(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        const { remoteAddress = '' } = socket;
        if (isPublicAddress(remoteAddress)) return callback(null, socket);
        socket.destroy();
        return callback(new ForbiddenAddress(remoteAddress), null);
      });
    },
  });
}

const systemLookup: LookupFunction = (host, options, found) => lookup(host, options, found);

/** Refuses a name as soon as one of its addresses is none of the public internet. */
function publicAlone(resolve: LookupFunction): LookupFunction {
  return (host, options, found) =>
    resolve(host, { ...options, all: true }, (error, answer) => {
      if (error) return found(error, '');
      const addresses = Array.isArray(answer) ? answer : [];
      const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
      if (forbidden) return found(new ForbiddenAddress(forbidden.address), '');
      if (options.all === true) return found(null, addresses);
      const [first] = addresses;
      if (!first) return found(new Error(`${host} has no address`), '');
      return found(null, first.address, first.family);
    });
}
