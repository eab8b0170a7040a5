import { built, builtIn, type Run } from '../../lib/processes.ts';
import { startReadyServer, type Environment, type RunningServer } from '../../topology/processes.ts';
import { median } from '../median.ts';
import { generateLoad, type Orders, type Outcome } from './load.ts';
import { usageOf } from './procStat.ts';

/** A server to compare with others: another number of threads, or another checkout. */
export interface Variant {
  name: string;
  run: Run;
  env: Environment;
}

/** The variants that the options name: this checkout with each number of threads, then the other checkout. */
export function variantsOf(workers: readonly number[], against: string | undefined): Variant[] {
  const here = workers.map((count) => ({
    name: `${count} worker${count === 1 ? '' : 's'}`,
    run: built('server'),
    env: { WORKERS: String(count) },
  }));
  if (against === undefined) return here;
  return [...here, { name: against, run: builtIn(against, 'server'), env: {} }];
}

/** Each variant as it is, and two more that send traces to a collector: of all requests, and of one in ten. */
export function withTraces(variants: readonly Variant[], collector: string): Variant[] {
  return variants.flatMap((variant) => {
    const sending = (name: string, share: string): Variant => ({
      ...variant,
      name: `${variant.name}, ${name}`,
      env: {
        ...variant.env,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector,
        OTEL_TRACES_SAMPLER_ARG: share,
      },
    });
    return [variant, sending('traces of all', '1'), sending('traces of one in ten', '0.1')];
  });
}

export interface CompareOptions {
  concurrency: readonly number[];
  /** Of each measurement. */
  seconds: number;
  rounds: number;
}

/** Until V8 has made fast code in every thread of what runs for every request. */
const WARM_UP_REQUESTS = 10_000;

interface Measured {
  perSecond: number;
  p95: number;
  /** CPU milliseconds of the server for each request; null where the system does not tell. */
  cpuMs: number | null;
  megabytes: number | null;
}

/**
 * Measures servers in turn, round after round, so that whatever else the machine does meets them alike, and prints the medians and how
 * many times the first one's throughput the others reach, as the median of the rounds' ratios.
 * @param ordersOf the load for a server
 */
export async function compareServers(
  variants: readonly Variant[],
  env: Environment,
  { concurrency, seconds, rounds }: CompareOptions,
  ordersOf: (server: RunningServer) => Promise<(concurrency: number, seconds: number) => Orders>,
): Promise<void> {
  const servers: RunningServer[] = [];
  try {
    for (const variant of variants)
      servers.push(await startReadyServer(variant.run, { ...env, ...variant.env }));
    const orders = await Promise.all(servers.map(ordersOf));
    for (const order of orders) await generateLoad({ ...order(16, seconds), atLeast: WARM_UP_REQUESTS });
    for (const atOnce of concurrency) {
      const measured: Measured[][] = variants.map(() => []);
      for (let round = 0; round < rounds; round++)
        for (const [index, server] of servers.entries()) {
          const load = () => generateLoad(orders[index]?.(atOnce, seconds) ?? never());
          measured[index]?.push(await measure(server, load));
        }
      variants.forEach(({ name }, index) =>
        process.stdout.write(`${lineOf(name, atOnce, measured[index] ?? [], measured[0] ?? [])}\n`),
      );
    }
  } finally {
    for (const server of servers) await server.stop();
  }
}

function never(): never {
  throw new Error('a server without orders');
}

async function measure({ child }: RunningServer, load: () => Promise<Outcome>): Promise<Measured> {
  const before = usageOf(child.pid);
  const { latencies, seconds } = await load();
  const after = usageOf(child.pid);
  const cpuSeconds = before && after ? after.cpuSeconds - before.cpuSeconds : null;
  return {
    perSecond: latencies.length / seconds,
    p95: latencies[Math.floor(0.95 * (latencies.length - 1))] ?? 0,
    cpuMs: cpuSeconds === null ? null : (1000 * cpuSeconds) / latencies.length,
    megabytes: after?.megabytes ?? null,
  };
}

function lineOf(name: string, atOnce: number, own: readonly Measured[], first: readonly Measured[]): string {
  const of = (key: keyof Measured) => median(own.map((one) => one[key] ?? NaN));
  const ratio = median(own.map(({ perSecond }, round) => perSecond / (first[round]?.perSecond ?? NaN)));
  return [
    `concurrency ${atOnce}, ${name}: ${of('perSecond').toFixed(0)} requests/s`,
    `${ratio.toFixed(2)} times the first`,
    `p95 ${of('p95').toFixed(1)} ms`,
    `${of('cpuMs').toFixed(3)} ms CPU a request`,
    `${of('megabytes').toFixed(0)} MB`,
  ].join('; ');
}
