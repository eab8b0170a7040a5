import { textOf, type Operation, type OperationText } from './documents.ts';
import { PocketRocketError, type ApiError, type Cost } from './errors.ts';
import { retryAfterOf, Retries, type RetryOptions } from './retries.ts';

export interface TransportOptions extends RetryOptions {
  /** Address of the endpoint, such as `https://films.example/graphql`. */
  url: string;
  /** An app's API key. A page's visitors can read it: only one with scope `recommend` belongs there. */
  key?: string;
  /** The access token of whoever is signed in, asked for at each request; null for nobody. */
  token?: () => string | null | Promise<string | null>;
  /** Milliseconds that an attempt may take; 30 seconds unless given. */
  timeoutMs?: number;
  /** Sends requests; the global one unless given. */
  fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  /** Ends the request. */
  signal?: AbortSignal;
  /** Says of a mutation that doing it twice has the effect of doing it once, so that it is sent again when the network fails. */
  isIdempotent?: boolean;
}

interface Answer {
  data?: unknown;
  errors?: readonly ApiError[];
  extensions?: { cost?: Cost };
}

export type Variables = Readonly<Record<string, unknown>>;

const DEFAULT_TIMEOUT_MS = 30_000;
/** Characters of an address that every cache and proxy takes. */
const MAX_URL = 4_000;
const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** Sends operations to the API. */
export class Transport {
  readonly retries: Retries;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    // As where a variable of the environment is not set.
    if (!options.url)
      throw new TypeError('url must be the address of the API, such as http://localhost:4000/graphql');
    this.#options = options;
    this.retries = new Retries(options);
  }

  /** The data of an operation. @throws PocketRocketError for errors in the answer, too; `data` then has what could be read */
  async request(
    operation: Operation<unknown, never>,
    variables: Variables,
    { signal, isIdempotent = false }: RequestOptions = {},
  ): Promise<unknown> {
    const text = textOf(operation);
    const mayRepeat = isIdempotent || text.kind === 'query';
    return this.retries.run(() => this.#attempt(text, variables, signal), mayRepeat, signal);
  }

  /** Opens a request by POST, and hands back the response as soon as it begins. @throws PocketRocketError where it is refused */
  async open(text: string, variables: Variables, signal: AbortSignal): Promise<Response> {
    const headers = await this.#headers('text/event-stream');
    const response = await this.#fetch(this.#options.url, {
      ...this.#post({ query: text, variables }, headers),
      signal,
    });
    if (response.ok && response.headers.get('content-type')?.includes('text/event-stream')) return response;
    readAnswer(response, await parse(response));
    throw new PocketRocketError('the server does not answer with a stream of events', {
      code: 'BAD_ANSWER',
      ...factsOf(response),
    });
  }

  async #attempt(text: OperationText, variables: Variables, signal?: AbortSignal): Promise<unknown> {
    const headers = await this.#headers(ACCEPT);
    return this.#inTime(signal, async (within) => {
      const send = async (url: string, init: RequestInit) => {
        const response = await this.#fetch(url, { ...init, signal: within });
        return readAnswer(response, await parse(response));
      };
      const address = 'authorization' in headers ? null : addressOf(this.#options.url, text, variables);
      const { text: query, hash } = text;
      if (address === null) return send(this.#options.url, this.#post({ query, variables }, headers));
      try {
        return await send(address, { method: 'GET', headers });
      } catch (error) {
        if (!(error instanceof PocketRocketError) || error.code !== 'PERSISTED_QUERY_NOT_FOUND') throw error;
        const extensions = persisted(hash);
        return send(this.#options.url, this.#post({ query, variables, extensions }, headers));
      }
    });
  }

  #post(body: object, headers: Record<string, string>): RequestInit {
    return {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
  }

  async #headers(accept: string): Promise<Record<string, string>> {
    const { key, token } = this.#options;
    const bearer = key ?? (await token?.()) ?? null;
    return { accept, ...(bearer !== null && { authorization: `Bearer ${bearer}` }) };
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const send = this.#options.fetch ?? globalThis.fetch;
    try {
      // Nobody's cookies: whoever asks is told by the header alone.
      return await send(url, { credentials: 'omit', ...init });
    } catch (cause) {
      throw unreachable(init.signal?.aborted ? init.signal.reason : cause);
    }
  }

  /** Ends an attempt that takes too long, or that the caller gives up. */
  async #inTime<T>(outer: AbortSignal | undefined, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const ending = new AbortController();
    const giveUp = () => ending.abort(outer?.reason);
    if (outer?.aborted) giveUp();
    outer?.addEventListener('abort', giveUp);
    const late = new PocketRocketError(`no answer within ${timeoutMs} ms`, {
      code: 'TIMEOUT',
      isRetryable: true,
    });
    const timer = setTimeout(() => ending.abort(late), timeoutMs);
    try {
      return await attempt(ending.signal);
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener('abort', giveUp);
    }
  }
}

/** A failure to reach the server; what the caller ended itself is handed on as it is. */
function unreachable(cause: unknown): unknown {
  if (nameOf(cause) !== 'TypeError') return cause;
  return new PocketRocketError(`the server cannot be reached: ${reasonOf(cause as Error)}`, {
    code: 'NETWORK',
    isRetryable: true,
    cause,
  });
}

/** Why nothing was reached: Node.js says only `fetch failed`, and gives the reason as its cause. */
function reasonOf({ message, cause }: Error): string {
  if (typeof cause !== 'object' || cause === null) return message;
  // Of several addresses that were tried there is only a code.
  const { message: reason, code } = cause as { message?: string; code?: string };
  return reason || code || message;
}

/** The kind of an error, of this realm or another. */
function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}

const persisted = (hash: string | null) => ({ persistedQuery: { version: 1, sha256Hash: hash } });

/** The address of a query that a server may know by its name; null for what has to be posted. */
function addressOf(url: string, { kind, hash }: OperationText, variables: Variables): string | null {
  if (kind !== 'query' || hash === null) return null;
  const parameters = new URLSearchParams({
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(persisted(hash)),
  });
  const address = `${url}${url.includes('?') ? '&' : '?'}${String(parameters)}`;
  return address.length <= MAX_URL ? address : null;
}

async function parse(response: Response): Promise<Answer> {
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    // Cut off, or given up.
    if (nameOf(cause) !== 'SyntaxError') throw unreachable(cause);
    answer = null;
  }
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
    return answer as Answer;
  throw new PocketRocketError(`the server answered with status ${response.status} and no GraphQL`, {
    code: 'BAD_ANSWER',
    ...factsOf(response),
    // Of a proxy before it, perhaps.
    isRetryable: RETRYABLE_STATUSES.has(response.status),
  });
}

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

function factsOf({ status, headers }: Response) {
  return {
    status,
    requestId: headers.get('x-request-id'),
    retryAfterMs: retryAfterOf(headers.get('retry-after')),
  };
}

/** The data of an answer. @throws PocketRocketError for one with errors */
function readAnswer(response: Response, { data, errors = [], extensions }: Answer): unknown {
  if (errors.length === 0 && response.ok) return data;
  const isTemporary = errors.length > 0 && errors.every((error) => error.extensions?.retryable === true);
  throw new PocketRocketError(
    errors.map(({ message }) => message).join('\n') || `status ${response.status}`,
    {
      code: errors[0]?.extensions?.code ?? 'BAD_ANSWER',
      ...factsOf(response),
      cost: extensions?.cost ?? null,
      errors,
      data,
      isRetryable: isTemporary || RETRYABLE_STATUSES.has(response.status),
    },
  );
}
