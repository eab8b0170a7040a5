import { LRUCache } from 'lru-cache';
import { msUntil, REFUSAL_UNITS, type Balance, type BucketRules } from './bucket.ts';

/** A client's bucket as the last answer to it left it. */
export interface Standing {
  /** Names the client, as in its charges. */
  key: string;
  rules: BucketRules;
  balance: Balance;
}

/** A client that is let in no more for a while. */
export interface Closed {
  standing: Standing;
  /** Milliseconds until its bucket holds what a request needs at least. */
  ms: number;
}

export interface BudgetGateOptions {
  /** True for an authorization header with an access token that this server signed. */
  isSigned: (authorization: string) => Promise<boolean>;
  /** True for one with an API key, which the API alone can tell from a wrong one. */
  isApiKey?: (authorization: string) => boolean;
  /** A clock that never goes back. */
  nowMs?: () => number;
}

/** A refusal by the gate is charged so much: it costs the server some tens of microseconds. */
const GATE_UNITS = 1;
const MAX_KNOWN = 20_000;
/** Characters of a header that is remembered; an access token has about 350. */
const MAX_AUTHORIZATION = 1_000;
const MAX_AUTHORIZATIONS = 5_000;
/** Keys that nobody has used yet are let in from one address so often, whatever the address has used. */
const MS_BETWEEN_NEW_KEYS = 200;

/**
 * Keeps out clients whose budget lacks what reading a request costs, before its body is read. It knows budgets from the answers that the
 * API gives, so that it asks nobody; whoever it lets in is charged there.
 */
export class BudgetGate {
  readonly #isSigned: BudgetGateOptions['isSigned'];
  readonly #isApiKey: NonNullable<BudgetGateOptions['isApiKey']>;
  readonly #nowMs: () => number;
  readonly #closed = new LRUCache<string, { standing: Standing; atMs: number }>({ max: MAX_KNOWN });
  /** Clients by the header that they sign in with. */
  readonly #keys = new LRUCache<string, string>({ max: MAX_AUTHORIZATIONS });

  /** When an address last came in with a key that nobody had used. */
  readonly #newKeys = new LRUCache<string, number>({ max: MAX_KNOWN });

  constructor({ isSigned, isApiKey = () => false, nowMs = () => performance.now() }: BudgetGateOptions) {
    this.#isSigned = isSigned;
    this.#isApiKey = isApiKey;
    this.#nowMs = nowMs;
  }

  /** Notes how an answer left a client's bucket. */
  learn(standing: Standing, authorization: string | undefined): void {
    if (authorization !== undefined) this.#learnKey(standing.key, authorization);
    if (standing.balance.remaining >= REFUSAL_UNITS) this.#closed.delete(standing.key);
    else this.#closed.set(standing.key, { standing, atMs: this.#nowMs() });
  }

  /**
   * Looks whether a request may come in; null if so. A signed token that nobody has used yet lets in, whatever its address has used; so
   * does an API key, a few times a second.
   */
  async check(address: string, authorization: string | undefined): Promise<Closed | null> {
    if (this.#closed.size === 0) return null;
    const known = authorization === undefined ? undefined : this.#keys.get(authorization);
    const closed = this.#closedFor(known ?? `address:${address}`);
    if (!closed || known !== undefined || authorization === undefined) return closed;
    if (this.#isApiKey(authorization)) return this.#mayTryKey(address) ? null : closed;
    return (await this.#isSigned(authorization)) ? null : closed;
  }

  /** The answer tells if it was one; until then it may be made up. */
  #mayTryKey(address: string): boolean {
    const now = this.#nowMs();
    if (now - (this.#newKeys.get(address) ?? -Infinity) < MS_BETWEEN_NEW_KEYS) return false;
    this.#newKeys.set(address, now);
    return true;
  }

  /** A token that counts for an address, as one that has expired, tells nothing of whoever sends it next. */
  #learnKey(key: string, authorization: string): void {
    if (key.startsWith('address:')) this.#keys.delete(authorization);
    else if (authorization.length <= MAX_AUTHORIZATION) this.#keys.set(authorization, key);
  }

  #closedFor(key: string): Closed | null {
    const entry = this.#closed.get(key);
    if (!entry) return null;
    const { standing, atMs } = entry;
    const { rules, balance } = standing;
    const now = this.#nowMs();
    const remaining = balance.remaining + ((now - atMs) * rules.perSecond) / 1000;
    if (remaining >= REFUSAL_UNITS) {
      this.#closed.delete(key);
      return null;
    }
    const charged = {
      ...standing,
      balance: { isAllowed: false, remaining: Math.max(-rules.burst, remaining - GATE_UNITS) },
    };
    this.#closed.set(key, { standing: charged, atMs: now });
    return { standing: charged, ms: msUntil(REFUSAL_UNITS, charged.balance, rules) };
  }
}
