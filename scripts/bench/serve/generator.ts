/**
 * Keeps requests under way over plain sockets, in a process of its own: an HTTP client would take as much of the machine as
 * the server. Gets its orders by IPC and sends back the latencies.
 */
import { connect } from 'node:net';

/** Orders for the load generator. */
export interface Orders {
  port: number;
  /** Whole requests; each is sent in turn. */
  requests: string[];
  /** Requests in flight at once. */
  concurrency: number;
  seconds: number;
  /** Goes on beyond that until so many are answered, or four times as long has passed. */
  atLeast?: number;
  /** Text that every answer must contain. */
  expected: string;
}

/** The result of a load. */
export interface Outcome {
  /** Milliseconds, ascending. */
  latencies: number[];
  /** From the first request to the last answer. */
  seconds: number;
  /** CPU seconds of this process meanwhile. */
  cpuSeconds: number;
  /** The first answer that was not as expected; null where all were. */
  wrong: string | null;
}

const HEAD_END = Buffer.from('\r\n\r\n');

process.once('message', (orders: Orders) => {
  run(orders).then(
    (outcome) => process.send?.(outcome, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});

async function run({
  port,
  requests,
  concurrency,
  seconds,
  atLeast = 0,
  expected,
}: Orders): Promise<Outcome> {
  const bodies = requests.map((request) => Buffer.from(request));
  const mustHold = Buffer.from(expected);
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const isOver = () => {
    const elapsed = (performance.now() - startedAt) / 1000;
    return elapsed >= seconds && (latencies.length >= atLeast || elapsed >= 4 * seconds);
  };
  let next = 0;
  let wrong: string | null = null;
  await Promise.all(Array.from({ length: concurrency }, client));
  const cpu = process.cpuUsage(cpuBefore);
  return {
    latencies: latencies.sort((a, b) => a - b),
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    wrong,
  };

  /** One client: its next request goes out when the answer to the last one is whole. */
  function client(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let received: Buffer = Buffer.alloc(0);
      let missing = -1;
      let sentAt = 0;
      const ask = () => {
        received = Buffer.alloc(0);
        missing = -1;
        sentAt = performance.now();
        socket.write(bodies[next++ % bodies.length] ?? '');
      };
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        if (missing < 0) missing = lengthOf(received);
        if (missing < 0 || received.length < missing) return;
        latencies.push(performance.now() - sentAt);
        if (!received.includes(mustHold)) wrong ??= received.toString().slice(-1000);
        if (wrong !== null || isOver()) socket.destroy();
        else ask();
      });
    });
  }
}

/** The length of an answer with its head; −1 while the head is not whole. */
function lengthOf(received: Buffer): number {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return -1;
  const length = /content-length: (\d+)/i.exec(received.toString('latin1', 0, headEnd))?.[1];
  if (length === undefined) throw new Error('an answer without content-length');
  return headEnd + HEAD_END.length + Number(length);
}
