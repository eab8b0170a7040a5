/** `npm start`: from a fresh clone to recommendations in the browser; again, up in seconds with everything kept. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { Command } from '@commander-js/extra-typings';
import {
  AppError,
  ERROR_CODES,
  readConfig,
  requireSupportedNode,
  runCli,
  type Config,
} from '@pocketrocket/runtime';
import { databaseFileOf, databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { listVersions, readManifest, servingOrder } from '@pocketrocket/model/artifact';
import { z } from 'zod';
import { build, isBuilt } from './lib/build.ts';
import { built, exitOf, runStep, start } from './lib/processes.ts';

const readinessSchema = z.object({ ready: z.boolean(), dataset: z.string().nullable() });

interface Options {
  data?: string;
  reset?: true;
  quick?: true;
}

/** The trainer's exit status where its gate refused to publish. */
const REFUSED = ERROR_CODES.QUALITY_GATE.exitStatus;

const program = new Command('npm start --')
  .description(
    'Builds what changed, imports data, trains where no model fits, and serves the portal and the API.',
  )
  .option('--data <name or path>', 'a data set that `npm run seed` takes, instead of the bundled sample')
  .option('--reset', 'forget the database and the models first (downloads are kept)')
  .option('--quick', 'stay with the quick recipe: train nothing more in the background')
  .addHelpText(
    'after',
    `
Examples:
  npm start                                       the bundled sample
  npm start -- --data ml-latest-small             MovieLens, downloaded
  npm start -- --data ~/my-movies --reset         your own CSV, in place of what is there

Settings come from the environment: HOST, PORT, POCKETROCKET_HOME, DATABASE_URL, MODEL_DIR, LOG_LEVEL, CORS_ORIGINS.`,
  )
  .allowExcessArguments(false)
  .action((options) => run(options));

await runCli(program, process.argv);

async function run(options: Options): Promise<void> {
  requireSupportedNode(process.versions.node);
  const config = readConfig(process.env, databaseUrlProblems);
  if (!isBuilt()) {
    say('building');
    await build();
  }
  if (options.reset) await reset(config);
  // A database that is there is looked into by the server itself, so that a restart waits for no other process.
  if (options.data ?? !isDatabaseThere(config)) await importData(options.data);
  await serve(config, options.quick ?? false);
}

function importData(source?: string): Promise<void> {
  return runStep('the import', built('seeds', source ? [source] : ['--if-empty']));
}

function isDatabaseThere(config: Config): boolean {
  return existsSync(sqliteFile(config) ?? '');
}

/** The embedded database's file; null with another database. */
function sqliteFile({ databaseUrl }: Config): string | null {
  return databaseFileOf(databaseUrl);
}

/** Removes the database file and the models; downloads stay. */
async function reset(config: Config): Promise<void> {
  const file = sqliteFile(config);
  if (file === null) {
    throw new AppError(
      'BAD_USER_INPUT',
      '--reset is for the embedded database; use `npm run seed -- <data> --replace` with MySQL',
    );
  }
  const database = ['', '-wal', '-shm', '.lock', '.users'].map((suffix) => `${file}${suffix}`);
  const models = ['recmodel', '.stages'].map((name) => join(config.modelDir, name));
  for (const path of [...database, ...models]) await rm(path, { recursive: true, force: true });
}

/** Runs the server until it or the user ends it, and beside it the trainer where no model fits. */
async function serve(config: Config, isQuick: boolean): Promise<void> {
  const env = { ...process.env, LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' };
  const server = start(built('server'), { env, stdio: ['inherit', 'pipe', 'inherit'] });
  const children: ChildProcess[] = [server];
  const stop = (signal: NodeJS.Signals) => children.forEach((child) => child.kill(signal));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const serverEnded = exitOf(server);
  const address = await Promise.race([addressOf(server), serverEnded]);
  if (typeof address === 'string') {
    say(`serving ${address}`);
    let readiness = await readinessOf(address);
    if (readiness.dataset === null) {
      await importData();
      while (readiness.dataset === null && server.exitCode === null) {
        await setTimeout(200);
        readiness = await readinessOf(address);
      }
    }
    if (!readiness.ready) {
      say('no model fits the data yet: popular films are served while one is trained');
      const trainer = start(built('trainer', ['train', '--quick', '--only', 'fit,publish']), { env });
      children.push(trainer);
      const status = await Promise.race([exitOf(trainer), serverEnded.then(() => null)]);
      if (status === 0) say(`trained: personal recommendations are served at ${address}`);
      else if (status !== null && status !== 130)
        say(
          'training failed; see above. Popular films are served; run `npm run trainer -- train` to try again',
        );
    }
    if (!isQuick && (await lacksFullRecipe())) {
      say('the full recipe trains in the background, at low priority; its model is served when it is done');
      // The progress is the portal's to show; in the terminal it would bury what the server says.
      const trainer = start(built('trainer', ['train', '--progress', 'none']), {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      children.push(trainer);
      if (trainer.pid !== undefined) setPriority(trainer.pid, constants.priority.PRIORITY_LOW);
      const status = await Promise.race([exitOf(trainer), serverEnded.then(() => null)]);
      if (status === 0) say('the full recipe is trained; `npm run trainer -- list` shows both');
      else if (status === REFUSED)
        say(
          'the full recipe was no better on held-out ratings and is not published; the quick one goes on serving',
        );
      else if (status !== null && status !== 130)
        say(
          'the full recipe was not trained; see above. The quick one goes on serving, the next start tries again',
        );
    }
  }
  const status = await serverEnded;
  stop('SIGTERM');
  if (status !== 0) throw new AppError('ENVIRONMENT', `the server ended with status ${status}; see above`);

  /** True when the published model comes from the quick recipe and no full one was written after it; a refused one is not trained again. */
  async function lacksFullRecipe(): Promise<boolean> {
    const [version] = await servingOrder(config.modelDir);
    if (version === undefined) return false;
    const newer = (await listVersions(config.modelDir)).filter((other) => other >= version);
    const recipes = await Promise.all(
      newer.map(async (other) => (await readManifest(config.modelDir, other)).recipe),
    );
    return recipes.every((recipe) => recipe === 'quick');
  }
}

/** Asks the server's `/readyz`. */
async function readinessOf(address: string): Promise<{ ready: boolean; dataset: string | null }> {
  const answer = await fetch(`${address}/readyz`);
  return readinessSchema.parse(await answer.json());
}

/** The address in the first line that the server prints; its later output is passed on. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (!server.stdout) return;
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address) resolve(address.replace(/\/$/, ''));
      else process.stdout.write(`${line}\n`);
    });
  });
}

function say(line: string): void {
  process.stdout.write(`PocketRocket: ${line}\n`);
}
