import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_NAME } from '@pocketrocket/model/artifact';
import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import { createLogger } from '@pocketrocket/runtime';
import {
  fittedSample,
  importedSample,
  makeDatabaseOn,
  ownModelName,
  QUICK_START,
} from '@pocketrocket/testing';
import { built } from '../lib/processes.ts';
import { openFrontDoor, type FrontDoor, type FrontDoorOptions } from './frontDoor.ts';
import {
  runProcess,
  startServerProcess,
  type Environment,
  type RunningProcess,
  type RunningServer,
} from './processes.ts';

export interface TopologyOptions {
  /** A MySQL server, on which a database of the topology's own is made; without one it is SQLite in the topology's home. */
  mysqlUrl?: string | undefined;
  /** A Redis server, on which the topology has names of its own. */
  redisUrl?: string | undefined;
  /** Settings of all processes, over those that the topology makes. */
  env?: Environment;
}

/** Servers are started often and show pages to nobody, and all accounts come from one address. */
const FOR_TESTS: Environment = { ...QUICK_START, RENDER_PAGES: 'off', SIGN_UPS_PER_ADDRESS: '1000' };

/**
 * The parts of an installation as processes of this machine, in a folder and a database of their own: what the compose file
 * starts as containers. Runs what is built; everything is gone after {@link close}.
 */
export class Topology {
  readonly home: string;
  readonly modelDir: string;
  private readonly database: Awaited<ReturnType<typeof makeDatabaseOn>> | null;
  private readonly own: Environment;
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    home: string,
    database: Awaited<ReturnType<typeof makeDatabaseOn>> | null,
    env: Environment,
  ) {
    this.home = home;
    this.database = database;
    this.modelDir = join(home, 'models');
    this.own = {
      POCKETROCKET_HOME: home,
      MODEL_DIR: this.modelDir,
      DATABASE_URL: this.databaseUrl,
      JWT_SECRET: 'of-no-use-elsewhere:7f3kQ9zXw2Lr8TbV',
      LOG_LEVEL: 'info',
      // One address sends what many clients would; the budget is kept all the same, so that its work is measured.
      BUDGET_BURST: '1000000000',
      BUDGET_PER_SECOND: '1000000000',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      ...env,
    };
  }

  static async open({ mysqlUrl, redisUrl, env = {} }: TopologyOptions): Promise<Topology> {
    const home = await mkdtemp(join(tmpdir(), 'pocketrocket-topology-'));
    const database = mysqlUrl === undefined ? null : await makeDatabaseOn(mysqlUrl);
    if (redisUrl === undefined) return new Topology(home, database, env);
    const modelName = ownModelName();
    const topology = new Topology(home, database, { REDIS_URL: redisUrl, MODEL_NAME: modelName, ...env });
    topology.closers.push(() => clearRedis(redisUrl, modelName));
    return topology;
  }

  /** The name that model server and Redis know the model by. */
  get modelName(): string {
    return this.own['MODEL_NAME'] ?? MODEL_NAME;
  }

  get databaseUrl(): string {
    return this.database?.url ?? `sqlite:${join(this.home, 'pocketrocket.sqlite')}`;
  }

  /** The environment of a process of the topology, free of settings for other installations. */
  env(more: Environment = {}): Environment {
    const { PATH, HOME, TMPDIR } = process.env;
    return { PATH, HOME, TMPDIR, ...FOR_TESTS, ...this.own, ...more };
  }

  /**
   * Has the bundled sample and, where `fitted`, a model of it by the recipe of the first start: copies of what a run of tests makes
   * once. Into MySQL it is imported. Redis gets no model.
   */
  async takeSample({ fitted = false }: { fitted?: boolean } = {}): Promise<void> {
    const made = fitted ? await fittedSample() : await importedSample();
    if (!this.database) return cp(made, this.home, { recursive: true });
    await this.importSample();
    if (fitted) await cp(join(made, 'models'), this.modelDir, { recursive: true });
  }

  /** Imports the bundled sample; returns what the command wrote. */
  importSample(): Promise<string> {
    return this.seed(['sample', '--progress', 'none']);
  }

  /** Trains by the recipe of the first start, without measuring, and publishes. */
  train(more: Environment = {}): Promise<string> {
    return this.trainer(['train', '--quick', '--only', 'fit,publish', '--progress', 'none'], more);
  }

  /** Runs the seed command to its end. */
  seed(args: readonly string[], more: Environment = {}): Promise<string> {
    return runProcess(built('seeds', args), this.env(more));
  }

  /** Runs the trainer to its end. */
  trainer(args: readonly string[], more: Environment = {}): Promise<string> {
    return runProcess(built('trainer', args), this.env(more));
  }

  /** Starts an API server on a free port and waits until it answers. */
  async startServer(more: Environment = {}): Promise<RunningServer> {
    return this.stopsAtTheEnd(await startServerProcess(built('server'), this.env(more), '/healthz'));
  }

  /** Starts a model server, which speaks as TensorFlow Serving does, over the topology's model directory. */
  async startModelServer(args: readonly string[] = [], more: Environment = {}): Promise<RunningServer> {
    const options = ['--dir', this.modelDir, '--port', '0', '--model-name', this.modelName];
    const run = built('model-server', [...options, ...args]);
    return this.stopsAtTheEnd(await startServerProcess(run, this.env(more), `/v1/models/${this.modelName}`));
  }

  /** Opens one port in front of several servers. */
  async openFrontDoor(
    servers: readonly { origin: string }[],
    options?: FrontDoorOptions,
  ): Promise<FrontDoor> {
    const door = await openFrontDoor(
      servers.map(({ origin }) => origin),
      options,
    );
    this.closers.push(() => door.close());
    return door;
  }

  /** Stops what runs, the last started first, and removes folder and database. */
  async close(): Promise<void> {
    try {
      for (const close of this.closers.splice(0).reverse()) await close();
    } finally {
      await this.database?.drop();
      await rm(this.home, { recursive: true, force: true });
    }
  }

  private stopsAtTheEnd<T extends RunningProcess>(running: T): T {
    this.closers.push(async () => {
      if (running.child.exitCode !== null || running.child.signalCode !== null) return;
      // One that does not stop when asked must not outlive its test.
      const timer = setTimeout(() => running.child.kill('SIGKILL'), 15_000);
      await running.stop();
      clearTimeout(timer);
    });
    return running;
  }
}

/** Takes away what a model left in Redis. */
async function clearRedis(url: string, modelName: string): Promise<void> {
  const logger = createLogger({ level: 'silent', name: 'topology', stream: process.stderr });
  const link = new RedisLink({ url, name: 'topology', logger });
  try {
    if (await link.connected()) await new RedisModelStore(link, modelName).clear();
  } finally {
    link.close();
  }
}
