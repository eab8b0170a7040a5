import { request, type Agent } from 'node:http';
import { systemErrorCode } from '@pocketrocket/runtime';

/** The outcome of a request. */
export interface Asked {
  /** `ok`; `degraded`; codes of the errors in the answer; `HTTP <status>`; or how the connection failed, such as `ECONNRESET`. */
  kind: string;
  data: unknown;
  messages: readonly string[];
  /** The answer's header of this name. */
  connection: string | undefined;
}

/** A request that got no answer within so long never will. */
const GIVE_UP_MS = 60_000;

/** Posts a GraphQL request; what goes wrong is its outcome, never an exception. */
export function ask(agent: Agent, origin: string, body: object, token?: string): Promise<Asked> {
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      const kind = systemErrorCode(error) ?? error.message;
      resolve({ kind, data: null, messages: [error.message], connection: undefined });
    };
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const options = { agent, method: 'POST', headers, signal: AbortSignal.timeout(GIVE_UP_MS) };
    const call = request(`${origin}/graphql`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        resolve({
          ...read(response.statusCode ?? 0, Buffer.concat(chunks).toString()),
          connection: response.headers.connection,
        }),
      );
    });
    call.on('error', failed);
    call.end(JSON.stringify(body));
  });
}

interface Body {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

function read(status: number, text: string): Omit<Asked, 'connection'> {
  let body: Body;
  try {
    body = JSON.parse(text) as Body;
  } catch {
    return { kind: `HTTP ${status}`, data: null, messages: [text.slice(0, 200)] };
  }
  const { data = null, errors = [] } = body;
  const codes = new Set(errors.map(({ extensions }) => extensions?.code ?? 'no code'));
  const messages = errors.map(({ message }) => message);
  if (codes.size > 0) return { kind: [...codes].sort().join('+'), data, messages };
  if (status !== 200) return { kind: `HTTP ${status}`, data, messages };
  return { kind: text.includes('"degraded":true') ? 'degraded' : 'ok', data, messages };
}
