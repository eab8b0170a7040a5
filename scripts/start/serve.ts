import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { AppError, ERROR_CODES, type Config } from '@pocketrocket/runtime';
import { listVersions, readManifest, servingOrder } from '@pocketrocket/model/artifact';
import { placesOf } from '@pocketrocket/schema/places';
import { built, exitOf, start } from '../lib/processes.ts';
import { describeWarmUp, readinessOf } from './readiness.ts';
import { say } from './say.ts';
import { trainInTurn, type TrainingOutcome } from './trainingTurn.ts';

/** The trainer's exit status where its gate refused to publish. */
const REFUSED = ERROR_CODES.QUALITY_GATE.exitStatus;
const INTERRUPTED = ERROR_CODES.INTERRUPTED.exitStatus;

export interface ServeOptions {
  /** Trains no full recipe in the background. */
  isQuick: boolean;
  /** Imports where the database turns out to be empty. */
  importData: () => Promise<void>;
}

/** A running server, and what is started beside it. */
interface Running {
  config: Config;
  address: string;
  serverEnded: Promise<number>;
  /** Starts the trainer. */
  train: (args: readonly string[], isInBackground: boolean) => Promise<number | null>;
}

/** Runs the server until it or the user ends it, and beside it the trainer where no model fits. */
export async function serve(config: Config, { isQuick, importData }: ServeOptions): Promise<void> {
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
    const train = (args: readonly string[], isInBackground: boolean) => {
      const stdio = isInBackground ? ['ignore' as const, 'ignore' as const, 'inherit' as const] : 'inherit';
      const trainer = start(built('trainer', ['train', ...args]), { env, stdio });
      children.push(trainer);
      if (isInBackground && trainer.pid !== undefined)
        setPriority(trainer.pid, constants.priority.PRIORITY_LOW);
      return Promise.race([exitOf(trainer), serverEnded.then(() => null)]);
    };
    await prepare({ config, address, serverEnded, train }, { isQuick, importData });
  }
  const status = await serverEnded;
  stop('SIGTERM');
  if (status !== 0) throw new AppError('ENVIRONMENT', `the server ${describeEnd(status)}`);
}

const KILLED = 128 + constants.signals.SIGKILL;

function describeEnd(status: number): string {
  if (status === KILLED) return 'was killed (SIGKILL), as the system does when memory runs out';
  return `ended with status ${status}; see above`;
}

/** Brings data and models where they lack, while the server runs. */
async function prepare(running: Running, { isQuick, importData }: ServeOptions): Promise<void> {
  const { address, serverEnded } = running;
  let hasEnded = false;
  void serverEnded.then(() => (hasEnded = true));
  let readiness = await readinessOf(address);
  const warmUp = readiness && describeWarmUp(readiness);
  if (warmUp) say(warmUp);
  if (readiness?.dataset === null) {
    await importData();
    while (readiness?.dataset === null && !hasEnded) {
      await setTimeout(200);
      readiness = await readinessOf(address);
    }
  }
  if (!hasEnded) await trainQuickly(running);
  if (!hasEnded && !isQuick) await trainFully(running);
}

async function trainQuickly({ config, address, train }: Running): Promise<void> {
  const outcome = await trainInTurn({
    places: placesOf(config),
    isNeeded: async () => (await readinessOf(address))?.modelVersion === null,
    train() {
      say('no model fits the data yet: popular films are served while one is trained');
      return train(['--quick', '--only', 'fit,publish'], false);
    },
    say,
  });
  if (!hasFailed(outcome)) {
    if (outcome.kind === 'ended' && outcome.status === 0)
      say(`trained: personal recommendations are served at ${address}`);
    return;
  }
  const serves = (await readinessOf(address))?.modelVersion ?? null;
  say(
    `training failed; see above. ${serves === null ? 'Popular films are' : `Version ${serves} is`} served; ` +
      'run `npm run trainer -- train` to try again',
  );
}

async function trainFully({ config, train }: Running): Promise<void> {
  const outcome = await trainInTurn({
    places: placesOf(config),
    isNeeded: () => lacksFullRecipe(config),
    train() {
      say('the full recipe trains in the background, at low priority; its model is served when it is done');
      // The progress is the portal's to show; in the terminal it would bury what the server says.
      return train(['--progress', 'none'], true);
    },
    say,
  });
  if (outcome.kind === 'unneeded') return;
  if (outcome.status === 0) say('the full recipe is trained; `npm run trainer -- list` shows both');
  else if (outcome.status === REFUSED)
    say(
      'the full recipe was no better on held-out ratings and is not published; the quick one goes on serving',
    );
  else if (hasFailed(outcome))
    say(
      'the full recipe was not trained; see above. The quick one goes on serving, the next start tries again',
    );
}

function hasFailed(outcome: TrainingOutcome): boolean {
  return outcome.kind === 'ended' && ![0, null, INTERRUPTED].includes(outcome.status);
}

/** True when the published model comes from the quick recipe and no full one was written after it; a refused one is not trained again. */
async function lacksFullRecipe({ modelDir }: Config): Promise<boolean> {
  const [version] = await servingOrder(modelDir);
  if (version === undefined) return false;
  const newer = (await listVersions(modelDir)).filter((other) => other >= version);
  const recipes = await Promise.all(newer.map(async (other) => (await readManifest(modelDir, other)).recipe));
  return recipes.every((recipe) => recipe === 'quick');
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
