import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@pocketrocket/runtime';
import { freePort, until } from '@pocketrocket/testing';
import { built, builtIn, runStep, type Run } from '../../lib/processes.ts';
import { startProcess } from '../../topology/processes.ts';
import { embeddedEnvironment, withHome } from '../serve/home.ts';
import { metricValues } from '../serve/metricValues.ts';
import { usageOf } from '../serve/procStat.ts';
import { writeUnratedMovies, type CatalogueSize } from './unratedMovies.ts';

export interface CatalogueBenchOptions extends CatalogueSize {
  home?: string | undefined;
  /** Starts of the server; the first has no places kept. */
  starts: number;
  /** Another checkout, built, to compare with. */
  against?: string | undefined;
}

/** Limits of a start. */
const LIMITS = { readySeconds: 10, megabytes: 1_000, taskMs: 50 };
const PATIENCE_MS = 300_000;
/** Requests beside the work that goes on after the start: lists, similar movies and searches. */
const QUERY = `query ($user: Int!, $text: String!) {
  user(userId: $user) { recommendations(first: 20) { nodes { movie { title } reasons { movie { title } } } } }
  movie(movieId: $user) { similar(first: 8) { movie { title } } }
  searchMovies(query: $text) { title }
}`;
const TEXTS = ['k', 'lo mi', 'Katelo', 'ra', 'the sushano of kalo'];

/** Starts a server on a catalogue most of which nobody has rated, asks it meanwhile, and fails where a start keeps not to the limits. */
export async function benchCatalogue(options: CatalogueBenchOptions): Promise<void> {
  await withHome(options.home, async (home) => {
    const metricsPort = await freePort();
    const env = { ...embeddedEnvironment(home), LOG_LEVEL: 'info', METRICS_PORT: String(metricsPort) };
    const data = join(home, 'unrated');
    if (!existsSync(join(data, 'ratings.csv'))) await writeUnratedMovies(data, options);
    await runStep('the import', built('seeds', [data]), { env });
    if (!existsSync(join(home, 'models', 'recmodel', 'current.json')))
      await runStep('the training', built('trainer', ['train', '--quick']), { env });
    process.stdout.write(`${options.movies} movies, ${options.rated} of them rated\n`);
    const tooMuch: string[] = [];
    for (let start = 1; start <= options.starts; start++) {
      if (options.against !== undefined) {
        const other = builtIn(resolve(options.against), 'server');
        process.stdout.write(
          `start ${start} there: ${inWords(await measureStart(other, env, metricsPort))}\n`,
        );
      }
      const figures = await measureStart(built('server'), env, metricsPort);
      process.stdout.write(`start ${start}: ${inWords(figures)}\n`);
      if (figures.readySeconds > LIMITS.readySeconds) tooMuch.push('ready too late');
      if (figures.megabytes > LIMITS.megabytes) tooMuch.push('too much memory');
      if (figures.taskMs > LIMITS.taskMs) tooMuch.push('the loop of an API thread held up');
    }
    if (tooMuch.length > 0)
      throw new AppError(
        'INTERNAL_SERVER_ERROR',
        `more than ${JSON.stringify(LIMITS)}: ${tooMuch.join(', ')}`,
      );
  });
}

interface StartFigures {
  readySeconds: number;
  /** Until lists had the new movies. */
  wholeSeconds: number;
  /** Of all threads, until then and the requests after it. */
  cpuSeconds: number;
  /** The largest resident size. */
  megabytes: number;
  /** The longest that the loop of an API thread was held up once ready. */
  taskMs: number;
}

async function measureStart(run: Run, env: NodeJS.ProcessEnv, metricsPort: number): Promise<StartFigures> {
  const begunAt = performance.now();
  const seconds = () => (performance.now() - begunAt) / 1000;
  const server = startProcess(run, env);
  try {
    const origin = await until(
      'the server listens',
      async () => /PocketRocket serves (\S+)/.exec(server.output())?.[1] ?? null,
      PATIENCE_MS,
    );
    await until('it is ready', async () => ((await fetch(`${origin}/readyz`)).ok ? true : null), PATIENCE_MS);
    const readySeconds = seconds();
    await heldUpMs(metricsPort);
    let taskMs = 0;
    const ask = async () => {
      await askOnce(origin);
      taskMs = Math.max(taskMs, await heldUpMs(metricsPort));
    };
    while (!/"newMovies":[1-9]/.test(server.output()) && seconds() < PATIENCE_MS / 1000) {
      await ask();
      await wait(100);
    }
    const wholeSeconds = seconds();
    for (let more = 0; more < 30; more++) await ask();
    const { cpuSeconds = Number.NaN, peakMegabytes = Number.NaN } = usageOf(server.child.pid) ?? {};
    return { readySeconds, wholeSeconds, cpuSeconds, megabytes: peakMegabytes, taskMs };
  } finally {
    await server.stop();
  }
}

let asked = 0;

async function askOnce(origin: string): Promise<void> {
  const variables = { user: 1 + (asked % 600), text: TEXTS[asked++ % TEXTS.length] };
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables }),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new AppError('BAD_DATA', `not an answer: ${text}`);
}

/** The longest delay of an API thread's event loop since the last look, in milliseconds. */
async function heldUpMs(metricsPort: number): Promise<number> {
  const pattern = /^pocketrocket_event_loop_delay_seconds\{quantile="1",thread="\d+"\} (.+)$/gm;
  const delays = await metricValues(metricsPort, pattern);
  return Math.max(0, ...delays.map((seconds) => 1000 * seconds));
}

function inWords({ readySeconds, wholeSeconds, cpuSeconds, megabytes, taskMs }: StartFigures): string {
  return [
    `ready after ${readySeconds.toFixed(1)} s`,
    `new movies in lists after ${wholeSeconds.toFixed(1)} s`,
    `${cpuSeconds.toFixed(1)} s of CPU`,
    `${Math.round(megabytes)} MB at most`,
    `event loop held up ${Math.round(taskMs)} ms at most`,
  ].join(', ');
}
