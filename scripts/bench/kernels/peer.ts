import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exitOf } from '../../lib/processes.ts';

/** A library in Python that does the same work, waiting in a process of its own. */
export interface Peer {
  /** Does the work once; the seconds it took by its own clock. */
  run(): Promise<number>;
  end(): Promise<void>;
}

/**
 * Starts `scripts/bench/peers/<script>` with the Python of `BENCH_PYTHON`.
 *
 * The script prepares, prints `ready`, and for every line on its standard input does the work once and prints seconds.
 * @returns the peer, or in words why there is none.
 */
export async function startPeer(script: string, args: readonly string[]): Promise<Peer | string> {
  const python = process.env['BENCH_PYTHON'];
  if (!python) return 'set BENCH_PYTHON to a Python that has its packages';
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  const child = spawn(python, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    return line.done ? 'ended' : line.value;
  };
  const exit = exitOf(child);
  const greeting = await Promise.race([next(), exit.then((status) => `ended with status ${status}`)]);
  if (greeting !== 'ready') return `${script} ${greeting}; what it said stands above`;
  return {
    async run() {
      child.stdin.write('run\n');
      const answer = await next();
      const seconds = Number(answer);
      if (!Number.isFinite(seconds)) throw new Error(`${script} answered ${answer} instead of seconds`);
      return seconds;
    },
    async end() {
      child.stdin.end();
      await exit;
    },
  };
}
