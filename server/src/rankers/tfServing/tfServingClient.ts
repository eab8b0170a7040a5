import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import {
  AppError,
  currentSpan,
  inCallSpan,
  messageOf,
  systemErrorCode,
  traceHeaders,
  type Logger,
} from '@pocketrocket/runtime';
import { Pool } from 'undici';
import { z } from 'zod';
import { parseNanJson } from './nanJson.ts';

export interface TfServingOptions {
  /** Origin of the REST API, such as `http://127.0.0.1:8501`. */
  origin: string;
  modelName: string;
  /** Milliseconds that an answer may take, a second attempt included. */
  deadlineMs: number;
  logger: Logger;
}

/** A version as TensorFlow Serving sees it. */
export interface VersionStatus {
  /** Such as LOADING, AVAILABLE, END. */
  state: string;
  /** The error of the version; null where there is none. */
  error: string | null;
}

/** The inputs of a signature by name, in TensorFlow Serving's column format. */
export type ColumnarInputs = Readonly<Record<string, readonly unknown[]>>;

/** After so many failures in a row nothing is asked for a while. */
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 2_000;
const CONNECTIONS = 16;

const errorSchema = z.object({ error: z.string() });
const statusSchema = z.object({
  model_version_status: z.array(
    z.object({
      version: z.string(),
      state: z.string(),
      status: z.object({ error_code: z.string(), error_message: z.string() }).optional(),
    }),
  ),
});

/** TensorFlow Serving's REST API, as far as ranking needs it; source: https://www.tensorflow.org/tfx/serving/api_rest. */
export class TfServingClient {
  readonly #options: TfServingOptions;
  readonly #pool: Pool;
  readonly #breaker: CircuitBreakerPolicy;

  constructor(options: TfServingOptions) {
    this.#options = options;
    this.#pool = new Pool(options.origin, { connections: CONNECTIONS, pipelining: 1 });
    this.#breaker = circuitBreaker(handleAll, {
      halfOpenAfter: OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    });
    this.#breaker.onBreak(() =>
      options.logger.warn(
        { origin: options.origin },
        'TensorFlow Serving is not asked for a while: circuit breaker open',
      ),
    );
    this.#breaker.onReset(() =>
      options.logger.info(
        { origin: options.origin },
        'TensorFlow Serving answers again: circuit breaker closed',
      ),
    );
  }

  /**
   * One probability per pair or movie, [count].
   * @throws AppError UPSTREAM_UNAVAILABLE where there is none within the deadline, or another answer
   */
  async predict(
    version: number,
    signature: 'serving_default' | 'user_vector',
    inputs: ColumnarInputs,
    count: number,
  ): Promise<Float32Array> {
    try {
      return await this.#breaker.execute(async () => {
        const body = JSON.stringify({ signature_name: signature, inputs });
        const answer = await this.#request('POST', `${this.#path(version)}:predict`, body);
        return probabilitiesIn(answer, count);
      });
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof BrokenCircuitError) throw unavailable('failed several times in a row', error);
      throw unavailable(messageOf(error), error);
    }
  }

  /**
   * The status of a version; null where the server has no such version.
   * @throws AppError UPSTREAM_UNAVAILABLE where there is no answer
   */
  async statusOf(version: number): Promise<VersionStatus | null> {
    try {
      const { model_version_status: versions } = statusSchema.parse(
        await this.#request('GET', this.#path(version)),
      );
      const found = versions.find((one) => one.version === String(version));
      if (!found) return null;
      const { state, status } = found;
      return { state, error: status && status.error_code !== 'OK' ? status.error_message : null };
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) return null;
      throw error instanceof AppError ? error : unavailable(messageOf(error), error);
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #path(version: number): string {
    return `/v1/models/${encodeURIComponent(this.#options.modelName)}/versions/${version}`;
  }

  #request(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown> {
    const describe = () => {
      const { hostname, port } = new URL(this.#options.origin);
      const facts = {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': port === '' ? undefined : Number(port),
        'url.full': this.#options.origin + path,
      };
      return { name: `tf-serving ${method === 'POST' ? 'predict' : 'status'}`, facts };
    };
    return inCallSpan(describe, () => this.#send(method, path, body));
  }

  /** One request, and a second one where the connection failed; what was answered, however badly, is not asked again. */
  async #send(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown> {
    const headers = { ...traceHeaders(), ...(body !== undefined && { 'content-type': 'application/json' }) };
    const signal = AbortSignal.timeout(this.#options.deadlineMs);
    const attempt = () =>
      this.#pool.request({
        method,
        path,
        signal,
        headers,
        ...(body !== undefined && { body }),
      });
    try {
      const response = await attempt().catch((error: unknown) => {
        if (signal.aborted || !isConnectionFailure(error)) throw error;
        currentSpan()?.note({ 'http.request.resend_count': 1 });
        return attempt();
      });
      currentSpan()?.note({ 'http.response.status_code': response.statusCode });
      const text = await response.body.text();
      if (response.statusCode !== 200) throw new UpstreamError(response.statusCode, reasonIn(text));
      return parsed(text);
    } catch (error) {
      if (signal.aborted) throw unavailable(`did not answer within ${this.#options.deadlineMs} ms`, error);
      if (isConnectionFailure(error)) throw unavailable(`cannot be reached (${messageOf(error)})`, error);
      throw error;
    }
  }
}

const CONNECTION_FAILURES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function isConnectionFailure(error: unknown): boolean {
  return CONNECTION_FAILURES.has(systemErrorCode(error) ?? '');
}

/** An answer with another status than 200. */
class UpstreamError extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(`answered ${status}: ${reason}`);
    this.status = status;
  }
}

function unavailable(what: string, cause: unknown): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', `TensorFlow Serving ${what}`, { cause });
}

/** TensorFlow Serving's error message, shortened. */
function reasonIn(text: string): string {
  let reason = text;
  try {
    reason = errorSchema.parse(JSON.parse(text)).error;
  } catch {
    // Not in its words: something else stands at this address, and the text itself says most.
  }
  return reason.slice(0, 200);
}

function parsed(text: string): unknown {
  try {
    return parseNanJson(text);
  } catch (error) {
    throw new Error(`returned invalid JSON: ${text.slice(0, 40)}`, { cause: error });
  }
}

/** Checked by hand: five hundred numbers come with every list. */
function probabilitiesIn(answer: unknown, count: number): Float32Array {
  const outputs = typeof answer === 'object' && answer && 'outputs' in answer ? answer.outputs : null;
  if (!Array.isArray(outputs)) throw new Error('returned something other than probabilities');
  if (outputs.length !== count) throw new Error(`returned ${outputs.length} numbers for ${count}`);
  return Float32Array.from(outputs, (row: unknown) => {
    const value: unknown = Array.isArray(row) && row.length === 1 ? row[0] : null;
    if (typeof value !== 'number') throw new Error('returned something other than probabilities');
    if (!(value >= 0 && value <= 1)) throw new Error(`returned ${value}, which is not a probability`);
    return value;
  });
}
