import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@pocketrocket/runtime';
import type { HostileWorld } from '@pocketrocket/testing';
import { built, builtIn, type Run } from '../../lib/processes.ts';
import { startReadyServer, type Environment, type RunningServer } from '../../topology/processes.ts';
import { worldOf } from '../cost/world.ts';
import { embeddedEnvironment, NO_SYNTHETIC, prepareHome, withHome } from '../serve/home.ts';
import { usageOf } from '../serve/procStat.ts';
import type { AttackOrders, AttackOutcome } from './attackers.ts';
import { loopsBetween, type LoopOfThread } from './loops.ts';
import type { BystanderOrders, BystanderOutcome } from './bystander.ts';

export interface HostileBenchOptions {
  data: string;
  seconds: number;
  attackers: number[];
  /** `default`: those of the settings; `none`: nobody is refused for what was used, so that turns alone keep the server fair. */
  budgets: 'default' | 'none';
  home?: string | undefined;
  /** Another checkout, built, that is measured first. */
  against?: string | undefined;
}

/** Megabytes of heap that the server gets: it must not need more. */
const HEAP_MB = 512;
/** The bystander may wait so many times as long as without attackers, or so many milliseconds. */
const MOST_TIMES = 2;
const ALWAYS_ALLOWED_MS = 25;
const MOST_HEALTH_MS = 100;
/** No task of the front may hold the loop that answers `/healthz` for longer. */
const MOST_TASK_MS = 50;
/** Milliseconds between requests of the bystander: within an anonymous budget, or as fast as a person's portal could ask. */
const PAUSES_MS = { default: 200, none: 20 };
const PROBE = new URL('./loopProbe.js', import.meta.url);

const ATTACKERS = fileURLToPath(new URL('./attackers.ts', import.meta.url));
const BYSTANDER = fileURLToPath(new URL('./bystander.ts', import.meta.url));

/**
 * Serves while attackers send the hostile corpus, and prints what a well-behaved client and a probe notice.
 * @throws AppError QUALITY_GATE where they notice too much, or the server fails
 */
export async function benchHostile(options: HostileBenchOptions): Promise<void> {
  await withHome(options.home, async (home) => {
    const env = { ...embeddedEnvironment(home), NODE_ENV: 'production' };
    await prepareHome({ ...NO_SYNTHETIC, data: options.data }, home, env);
    const own = built('server');
    if (options.against !== undefined) {
      process.stdout.write(`${options.against}:\n`);
      await measure(builtIn(resolve(options.against), 'server'), env, options);
      process.stdout.write('this checkout:\n');
    }
    const problems = await measure(own, env, options);
    if (problems.length > 0) throw new AppError('QUALITY_GATE', problems.join('\n'));
  });
}

/** Serves while attackers attack, and prints what others notice. @returns what they notice too much of */
async function measure(run: Run, env: Environment, options: HostileBenchOptions): Promise<string[]> {
  const loopDir = await mkdtemp(join(tmpdir(), 'pocketrocket-loops-'));
  const bounded = {
    ...env,
    ...(options.budgets === 'default' && { BUDGET_BURST: undefined, BUDGET_PER_SECOND: undefined }),
    LOOP_PROBE_DIR: loopDir,
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB} --import ${PROBE.href}`,
  };
  const server = await startReadyServer(run, bounded);
  try {
    return await judge(server, loopDir, options);
  } finally {
    await server.stop();
    await rm(loopDir, { recursive: true });
  }
}

async function judge(
  server: RunningServer,
  loopDir: string,
  { seconds, attackers, budgets }: HostileBenchOptions,
): Promise<string[]> {
  const world = await worldOf(server.origin);
  const port = Number(new URL(server.origin).port);
  const watch = () =>
    run<BystanderOrders, BystanderOutcome>(BYSTANDER, {
      port,
      userIds: world.userIds,
      seconds,
      pauseMs: PAUSES_MS[budgets],
    });
  // Until V8 has made fast code of what a well-behaved client needs.
  await watch();
  const alone = await watch();
  const baseline = quantile(alone.latencies, 0.95);
  process.stdout.write(`${lineOf('alone', alone, server)}\n`);
  const problems: string[] = alone.wrong > 0 ? ['wrong answers without an attacker'] : [];
  for (const count of attackers) {
    const begunAt = Date.now();
    const [noticed, attack] = await Promise.all([watch(), attackBy(count, port, world, seconds)]);
    const name = `${count} attacker${count === 1 ? '' : 's'}`;
    process.stdout.write(`${lineOf(name, noticed, server)}; attackers: ${JSON.stringify(attack.statuses)}\n`);
    const loops = await loopsBetween(loopDir, begunAt, Date.now());
    for (const loop of loops) process.stdout.write(`  ${lineOfLoop(loop)}\n`);
    problems.push(
      ...[...problemsOf(noticed, attack, baseline), ...problemsOfLoops(loops)].map(
        (problem) => `${name}: ${problem}`,
      ),
    );
    if (server.child.exitCode !== null) problems.push(`${name}: the server ended`);
  }
  const told = server
    .output()
    .split('\n')
    .filter((line) => line.includes('"level":"error"') || line.includes('"level":"fatal"'));
  process.stdout.write(
    told.length > 0 ? `${told.length} errors in the log, the first: ${told[0]}\n` : 'no error in the log\n',
  );
  return problems;
}

function attackBy(
  attackers: number,
  port: number,
  world: HostileWorld,
  seconds: number,
): Promise<AttackOutcome> {
  return run<AttackOrders, AttackOutcome>(ATTACKERS, { port, world, attackers, seconds });
}

function problemsOf(
  { latencies, health, wrong }: BystanderOutcome,
  attack: AttackOutcome,
  baseline: number,
): string[] {
  const most = Math.max(MOST_TIMES * baseline, ALWAYS_ALLOWED_MS);
  const p95 = quantile(latencies, 0.95);
  const slowest = health.at(-1) ?? Infinity;
  return [
    ...(p95 > most ? [`p95 is ${p95.toFixed(1)} ms, at most ${most.toFixed(1)} ms are allowed`] : []),
    ...(slowest > MOST_HEALTH_MS ? [`/healthz took ${slowest.toFixed(0)} ms`] : []),
    ...(wrong > 0 ? [`${wrong} wrong answers`] : []),
    ...attack.failures.slice(0, 10),
  ];
}

function problemsOfLoops(loops: readonly LoopOfThread[]): string[] {
  return loops
    .filter(({ role, longestTask }) => role === 'front' && longestTask > MOST_TASK_MS)
    .map(({ role, longestTask }) => `a task held the ${role} for ${longestTask.toFixed(0)} ms`);
}

function lineOfLoop({ role, p99, max, longestTask, longestCollection }: LoopOfThread): string {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return `${role}: loop delay p99 ${ms(p99)}, max ${ms(max)}; longest task ${ms(longestTask)}, longest garbage collection ${ms(longestCollection)}`;
}

function lineOf(name: string, { latencies, health }: BystanderOutcome, { child }: RunningServer): string {
  const usage = usageOf(child.pid);
  const ms = (value: number) => value.toFixed(1);
  return (
    `${name}: ${latencies.length} answers, p50 ${ms(quantile(latencies, 0.5))} p95 ${ms(quantile(latencies, 0.95))} ` +
    `max ${ms(latencies.at(-1) ?? 0)} ms; /healthz p95 ${ms(quantile(health, 0.95))} max ${ms(health.at(-1) ?? 0)} ms; ` +
    `server ${usage?.megabytes.toFixed(0) ?? '–'} MB, at most ${usage?.peakMegabytes.toFixed(0) ?? '–'}`
  );
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.floor(share * (ascending.length - 1))] ?? 0;
}

/** Runs a script of this folder in a process of its own. */
async function run<Orders extends object, Outcome>(script: string, orders: Orders): Promise<Outcome> {
  const child = fork(script, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Outcome));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${script} ended with status ${code}`)));
    child.send(orders);
  });
}
