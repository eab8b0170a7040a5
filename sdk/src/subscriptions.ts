import { PocketRocketError, type ApiError } from './errors.ts';
import { textOf, type Operation } from './documents.ts';
import type { Transport, Variables } from './transport.ts';

/** An event of a stream, by the names of the HTML standard's server-sent events. */
export interface StreamEvent {
  event: string;
  data: string;
}

const MAX_LINE = 10_000_000;

/** Reads a stream of server-sent events, however it is cut into chunks; comments, which keep it open, are left out. */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let event = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE)
      throw new PocketRocketError('a line of the stream is too long', { code: 'BAD_ANSWER' });
    for (const line of lines) {
      if (line === '') {
        if (event !== '' || data.length > 0) yield { event: event || 'message', data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
    }
  }
}

export interface SubscribeOptions {
  /** Ends the subscription. */
  signal?: AbortSignal;
  /** Told when the connection was lost and is opened again. */
  onReconnect?: (failure: PocketRocketError) => void;
}

interface Result {
  data?: unknown;
  errors?: readonly ApiError[];
}

/**
 * The results of a subscription by server-sent events (graphql-sse, distinct connections). A connection that is lost is opened again, and
 * begins with what is then so; it ends when the server says that it is complete, or the caller leaves the loop.
 * @throws PocketRocketError for one that is refused, and for errors in a result
 */
export async function* subscribe(
  transport: Transport,
  operation: Operation<unknown, never>,
  variables: Variables,
  { signal, onReconnect }: SubscribeOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  let hasBegun = false;
  for (let failures = 0; ;) {
    const ending = new AbortController();
    const giveUp = () => ending.abort(signal?.reason);
    if (signal?.aborted) return;
    signal?.addEventListener('abort', giveUp);
    let failure: PocketRocketError;
    try {
      const response = await transport.open(textOf(operation).text, variables, ending.signal);
      for await (const { event, data } of readEvents(chunksOf(response))) {
        if (event === 'complete') return;
        if (event !== 'next') continue;
        failures = 0;
        hasBegun = true;
        yield dataOf(data, response);
      }
      failure = new PocketRocketError('the connection was lost', { code: 'NETWORK', isRetryable: true });
    } catch (error) {
      if (signal?.aborted) return;
      if (!(error instanceof PocketRocketError) || !error.isRetryable || error.errors.some(isOfResult))
        throw error;
      // One that never worked is not lost, but wrong.
      if (!hasBegun && transport.retries.isEnough(failures, error.retryAfterMs)) throw error;
      failure = error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
      ending.abort();
    }
    onReconnect?.(failure);
    try {
      await transport.retries.pause(failures++, failure.retryAfterMs, signal);
    } catch (error) {
      if (signal?.aborted) return;
      throw error;
    }
  }
}

/** An error of a field, and not of the request: to ask again at once would meet it again. */
const isOfResult = ({ path }: ApiError) => path !== undefined;

function dataOf(text: string, response: Response): unknown {
  const { data, errors = [] } = JSON.parse(text) as Result;
  const [first] = errors;
  if (!first) return data;
  throw new PocketRocketError(errors.map(({ message }) => message).join('\n'), {
    code: first.extensions?.code ?? 'BAD_ANSWER',
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    errors,
    data,
    isRetryable: errors.every((error) => error.extensions?.retryable === true),
  });
}

/** The chunks of a body: not every browser's streams are iterable. */
async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new PocketRocketError('the connection was lost', { code: 'NETWORK', isRetryable: true, cause });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
