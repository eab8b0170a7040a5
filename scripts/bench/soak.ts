import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@pocketrocket/runtime';
import { Load, type Answer } from '../faults/load.ts';
import { startMariadb } from '../faults/mariadb.ts';
import { freePort, openTcpProxy, PrivateRedis } from '@pocketrocket/testing';
import { contradictionsIn } from '../faults/verify.ts';
import { build, isBuilt } from '../lib/build.ts';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type RunningServer } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { drawCurve } from './soak/curve.ts';
import { heapGrowth } from './soak/heapGrowth.ts';
import { lineThrough, type Slope } from './soak/line.ts';
import { slopesOfParts } from './soak/memoryParts.ts';
import { MinuteTable } from './soak/minutes.ts';
import { residentMegabytes } from './soak/resident.ts';

export interface SoakOptions {
  minutes: number;
  concurrency: number;
  /** `models`: nothing fails, and every other minute another model is published. */
  faults: 'all' | 'models';
  /** Compares snapshots of the heaps, of an early and of the last minute; taking them takes memory, too. */
  heap: boolean;
  csv?: string | undefined;
  svg?: string | undefined;
}

/** A fault that is injected for a minute. */
interface Fault {
  what: string;
  begin(): unknown;
  /** Nothing where the fault is over at once. */
  end?(): unknown;
}

const FAULT_BEGINS_MS = 10_000;
const FAULT_ENDS_MS = 30_000;
const MINUTE_MS = 60_000;
const SAMPLE_MS = 1_000;
/** Before the first minute models are exchanged so often: room for two at once is taken then, caches fill, code is compiled. */
const WARM_UP_ROUNDS = 4;
const WARM_UP_PAUSE_MS = 8_000;
/** Growth per minute up to which a server's memory counts as flat. */
const FLAT_MB_PER_MINUTE = 1;
/** Minutes before memory is looked at, where the soak is long enough: caches fill meanwhile. */
const SETTLING_MINUTES = 5;
/** Minute after which the first snapshots of the heaps are taken, and milliseconds that all of them take. */
const FIRST_SNAPSHOT_MINUTE = 2;
const SNAPSHOTS_MS = 45_000;
/** Kinds of objects that are told of a heap. */
const MAX_KINDS = 8;
const PROBE = new URL('./soak/memoryProbe.js', import.meta.url);
const WRITER_SHARE = 0.2;

/** Kinds of answers that a fault may cause. */
const CLEAN: ReadonlySet<string> = new Set(['ok', 'degraded', 'UPSTREAM_UNAVAILABLE']);

/**
 * Puts full load on the whole topology with a fault every minute and prints a row a minute, whether the server's memory stays flat
 * and whether everything that it acknowledged is there.
 * @throws AppError BAD_DATA when a write was lost, or an error was not a clean one
 */
export async function benchSoak({
  minutes,
  concurrency,
  faults: kinds,
  heap,
  csv,
  svg,
}: SoakOptions): Promise<void> {
  if (!isBuilt()) await build();
  const mariadb = await startMariadb();
  const redis = await PrivateRedis.start();
  const modelServerPort = await freePort();
  const toModelServer = await openTcpProxy(modelServerPort);
  const toMariadb = await openTcpProxy(mariadb.port);
  const topology = await Topology.open({
    mysqlUrl: mariadb.url('mysql'),
    env: {
      // As an operator has them.
      WORKERS: undefined,
      RENDER_PAGES: undefined,
      LOG_LEVEL: 'warn',
      REDIS_URL: redis.url,
      RANKER: 'tf-serving',
      TF_SERVING_URL: `http://127.0.0.1:${toModelServer.port}`,
    },
  });
  try {
    await topology.importSample();
    await topology.train();
    await topology.train({ REDIS_URL: redis.url });
    await topology.trainer(['publish', '1']);
    const startModelServer = () => topology.startModelServer(['--port', String(modelServerPort)]);
    let modelServer: RunningServer = await startModelServer();
    const throughNetwork = new URL(topology.databaseUrl);
    throughNetwork.port = String(toMariadb.port);
    const memoryDir = join(topology.home, 'memory');
    await mkdir(memoryDir);
    const server = await topology.startServer({
      DATABASE_URL: throughNetwork.href,
      NODE_OPTIONS: `--import ${PROBE.href}`,
      SOAK_MEMORY_DIR: memoryDir,
      // A thread that is silent for longer is replaced, and a snapshot takes long on a busy machine.
      ...(heap && { REQUEST_TIMEOUT_MS: '120000' }),
    });
    await until(
      'the server is ready',
      async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null),
      PATIENCE_MS,
    );

    const none: Fault = { what: 'none', begin: () => undefined };
    const exchanged: Fault = {
      what: 'version 2 published',
      begin: () => topology.trainer(['publish', '2']),
    };
    const exchangedBack: Fault = { what: 'rolled back', begin: () => topology.trainer(['rollback']) };
    const allFaults: readonly Fault[] = [
      none,
      {
        what: 'model server killed',
        begin: () => modelServer.stop('SIGKILL'),
        end: async () => (modelServer = await startModelServer()),
      },
      {
        what: 'model server slow (5 s)',
        begin: () => toModelServer.set({ mode: 'delay', ms: 5_000 }),
        end: () => toModelServer.set({ mode: 'pass' }),
      },
      { what: 'Redis killed', begin: () => redis.kill(), end: () => redis.start() },
      {
        what: 'MariaDB killed',
        begin: () => mariadb.server.stop('SIGKILL'),
        end: () => mariadb.server.start(),
      },
      exchanged,
      exchangedBack,
      {
        what: 'MariaDB silent',
        begin: () => toMariadb.set({ mode: 'hang' }),
        end: () => toMariadb.set({ mode: 'pass' }),
      },
      {
        what: 'garbage from the model server',
        begin: () =>
          toModelServer.set({
            mode: 'corrupt',
            alter: (chunk) => Buffer.from(chunk.map((byte) => byte ^ 1)),
          }),
        end: () => toModelServer.set({ mode: 'pass' }),
      },
      {
        what: 'connections to MariaDB cut',
        begin: () => toMariadb.set({ mode: 'cut' }),
        end: () => toMariadb.set({ mode: 'pass' }),
      },
    ];

    const faults = kinds === 'models' ? [none, exchanged, none, exchangedBack] : allFaults;

    const writers = Math.max(1, Math.round(concurrency * WRITER_SHARE));
    const table = new MinuteTable();
    const unclean = new Map<string, Answer>();
    const load = await Load.open({
      origin: server.origin,
      readers: concurrency - writers,
      writers,
      pauseMs: 0,
      onAnswer(answer) {
        table.count(answer);
        if (!CLEAN.has(answer.kind)) unclean.set(answer.kind, answer);
      },
    });
    const samples: { seconds: number; megabytes: number }[] = [];
    const marks: { seconds: number; what: string }[] = [];
    load.start();
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      await topology.trainer(['publish', '2']);
      await wait(WARM_UP_PAUSE_MS);
      await topology.trainer(['rollback']);
      await wait(WARM_UP_PAUSE_MS);
    }
    table.clear();
    const startedAt = Date.now();
    const secondsSoFar = () => (Date.now() - startedAt) / 1_000;
    const sampling = setInterval(
      () => samples.push({ seconds: secondsSoFar(), megabytes: residentMegabytes(server.child.pid) }),
      SAMPLE_MS,
    );
    process.stdout.write(
      `${concurrency} requests at once, ${writers} of them writers; the bundled sample\n${table.head()}\n`,
    );
    for (let minute = 0; minute < minutes; minute++) {
      const until = (ms: number) => wait(Math.max(0, startedAt + minute * MINUTE_MS + ms - Date.now()));
      const fault = faults[minute % faults.length];
      await until(FAULT_BEGINS_MS);
      marks.push({ seconds: secondsSoFar(), what: fault?.what ?? '' });
      await fault?.begin();
      await until(FAULT_ENDS_MS);
      await fault?.end?.();
      await until(MINUTE_MS);
      const memory = residentMegabytes(server.child.pid);
      process.stdout.write(`${table.row(minute + 1, fault?.what ?? '', memory)}\n`);
      if (heap && minute + 1 === FIRST_SNAPSHOT_MINUTE) server.child.kill('SIGUSR2');
    }
    const endedAt = Date.now();
    clearInterval(sampling);
    await load.stop();
    if (heap) {
      server.child.kill('SIGUSR2');
      await wait(SNAPSHOTS_MS);
    }

    const contradictions = await contradictionsIn(topology.databaseUrl, load.writers);
    const settled = minutes > 2 * SETTLING_MINUTES ? SETTLING_MINUTES : 0;
    const line = lineThrough(
      samples
        .filter(({ seconds }) => seconds >= 60 * settled)
        .map(({ seconds, megabytes }) => [seconds / 60, megabytes]),
    );
    const parts = await slopesOfParts(memoryDir, startedAt + settled * MINUTE_MS);
    const lasting = parts.filter(({ until }) => until > endedAt - MINUTE_MS);
    const numWrites = load.writers.reduce((sum, { numAcknowledged }) => sum + numAcknowledged, 0);
    const lines = [
      line &&
        `memory after minute ${settled}: ${line.slope.toFixed(2)} MB a minute ` +
          `(95% interval ${line.low.toFixed(2)} to ${line.high.toFixed(2)}): ` +
          verdictOn(line),
      ...lasting.map(
        ({ thread, part, slope, low, high, megabytes }) =>
          `  ${thread === 0 ? 'front' : `thread ${thread}`}, ${part}: ${slope.toFixed(2)} MB a minute ` +
          `(${low.toFixed(2)} to ${high.toFixed(2)}), ${megabytes.toFixed(0)} MB at the end`,
      ),
      ...(heap ? await grownKinds(memoryDir, lasting) : []),
      `${numWrites} acknowledged writes, ${contradictions.length} lost or miscounted`,
      ...contradictions.slice(0, 20),
      ...Array.from(
        unclean.values(),
        ({ kind, what, messages }) => `not clean: ${kind} from ${what}: ${messages.join('; ')}`,
      ),
    ];
    process.stdout.write(`${lines.filter(Boolean).join('\n')}\n`);
    if (csv !== undefined)
      await writeFile(
        csv,
        `seconds,megabytes\n${samples.map(({ seconds, megabytes }) => `${seconds.toFixed(1)},${megabytes.toFixed(1)}\n`).join('')}`,
      );
    if (svg !== undefined) await writeFile(svg, drawCurve(samples, marks));
    if (contradictions.length > 0 || unclean.size > 0)
      throw new AppError('BAD_DATA', 'the soak was not clean: see above');
  } finally {
    toMariadb.set({ mode: 'pass' });
    await topology.close();
    await toModelServer.close();
    await toMariadb.close();
    await redis.kill();
    await mariadb.drop();
  }
}

function verdictOn({ low, high }: Slope): string {
  if (high <= FLAT_MB_PER_MINUTE) return 'flat';
  return low > FLAT_MB_PER_MINUTE ? 'it grows' : 'it may grow';
}

/** Lines that name what grew on the heap of each thread between its two snapshots. */
async function grownKinds(folder: string, parts: readonly { thread: number }[]): Promise<string[]> {
  const lines: string[] = [];
  for (const thread of new Set(parts.map((part) => part.thread))) {
    const [before = '', after = ''] = [1, 2].map((label) =>
      join(folder, `${label}-thread-${thread}.heapsnapshot`),
    );
    if (!existsSync(before) || !existsSync(after)) continue;
    const growth = await heapGrowth(before, after);
    const told = growth.slice(0, MAX_KINDS).map(({ name, count, bytes }) => `${name} ${bytes} (${count})`);
    lines.push(`  heap of thread ${thread} grew by, in bytes (objects): ${told.join(', ')}`);
  }
  return lines;
}
