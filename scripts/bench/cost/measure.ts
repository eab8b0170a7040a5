import type { RunningServer } from '../../topology/processes.ts';
import { usageOf } from '../serve/procStat.ts';
import type { MeasuredOperation } from './probes.ts';

/** An operation with what it costs, in units of fifty microseconds. */
export interface Measured {
  name: string;
  /** Null where no price was made: the operation was refused before. */
  price: number | null;
  /** CPU with a document that the server has not seen before; null where the price is so far beyond the limit that nobody runs it. */
  fresh: number | null;
  /** CPU with one that it has seen. */
  again: number | null;
  /** The codes of its errors. */
  note: string;
}

const UNITS_PER_SECOND = 20_000;
/** Linux counts CPU in hundredths of a second: so much makes the count right to some per cent. */
const ENOUGH_CPU_SECONDS = 0.25;
const MAX_REPETITIONS = 400;
/** Beyond four times the limit an operation is not run: it would be refused by far. */
const MAX_PRICE_RUN = 20_000;
const MAX_COST = 5_000;

/**
 * Measures an operation.
 * @param pricer a server that refuses nearly everything and logs prices
 * @param server one of the same data that refuses nothing for its price
 */
export async function measureOperation(
  pricer: RunningServer,
  server: RunningServer,
  { name, query, variables }: MeasuredOperation,
): Promise<Measured> {
  const estimate = await priceOf(pricer, query, variables);
  if (estimate.price === null) return { name, price: null, fresh: null, again: null, note: estimate.note };
  const { price } = estimate;
  if (price > MAX_PRICE_RUN) return { name, price, fresh: null, again: null, note: 'refused' };
  const note = price > MAX_COST ? 'refused' : '';
  const most = price > MAX_COST ? 1 : MAX_REPETITIONS;
  let serial = 0;
  const fresh = await unitsOf(server, most, () =>
    send(server.origin, `${query}\n#${name} ${serial++}`, variables),
  );
  const again = await unitsOf(server, most, () => send(server.origin, query, variables));
  return { name, price, fresh, again, note };
}

async function priceOf(
  server: RunningServer,
  query: string,
  variables: Record<string, unknown>,
): Promise<{ price: number | null; note: string }> {
  const answer = await send(server.origin, query, variables);
  const line = await logLineOf(server, answer.requestId);
  return { price: line?.cost ?? null, note: (line?.errorCodes ?? []).slice(0, 1).join() };
}

interface LogLine {
  requestId?: string;
  cost?: number;
  errorCodes?: string[];
}

async function logLineOf(server: RunningServer, requestId: string): Promise<LogLine | null> {
  for (let tries = 0; tries < 50; tries++) {
    const line = server
      .output()
      .split('\n')
      .findLast((text) => text.includes(requestId) && text.includes('"durationMs"'));
    if (line) return JSON.parse(line) as LogLine;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return null;
}

async function send(
  origin: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<{ requestId: string }> {
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  await answer.arrayBuffer();
  return { requestId: answer.headers.get('x-request-id') ?? '' };
}

/** Mean CPU of a request; after some that make the code fast. */
async function unitsOf(
  server: RunningServer,
  most: number,
  request: () => Promise<unknown>,
): Promise<number> {
  for (let warm = 0; warm < Math.min(5, most - 1); warm++) await request();
  const cpu = () => usageOf(server.child.pid)?.cpuSeconds ?? Number.NaN;
  const before = cpu();
  let count = 0;
  while (count < most && (count === 0 || cpu() - before < ENOUGH_CPU_SECONDS)) {
    await request();
    count++;
  }
  return (UNITS_PER_SECOND * (cpu() - before)) / count;
}
