import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../lib/processes.ts';
import { openFrontDoor, type FrontDoor, type FrontDoorOptions } from './frontDoor.ts';
import { createMysqlDatabase, type MysqlDatabase } from './mysqlDatabase.ts';
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
  /** Settings of all processes, over those that the topology makes. */
  env?: Environment;
}

/**
 * The parts of an installation as processes of this machine, in a folder and a database of their own: what the compose file
 * starts as containers. Runs what is built; everything is gone after {@link close}.
 */
export class Topology {
  readonly home: string;
  readonly modelDir: string;
  private readonly database: MysqlDatabase | null;
  private readonly own: Environment;
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(home: string, database: MysqlDatabase | null, env: Environment) {
    this.home = home;
    this.database = database;
    this.modelDir = join(home, 'models');
    this.own = {
      POCKETROCKET_HOME: home,
      MODEL_DIR: this.modelDir,
      DATABASE_URL: this.databaseUrl,
      JWT_SECRET: 'of-no-use-elsewhere:7f3kQ9zXw2Lr8TbV',
      LOG_LEVEL: 'info',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      ...env,
    };
  }

  static async open({ mysqlUrl, env = {} }: TopologyOptions): Promise<Topology> {
    const home = await mkdtemp(join(tmpdir(), 'pocketrocket-topology-'));
    return new Topology(home, mysqlUrl === undefined ? null : await createMysqlDatabase(mysqlUrl), env);
  }

  get databaseUrl(): string {
    return this.database?.url ?? `sqlite:${join(this.home, 'pocketrocket.sqlite')}`;
  }

  /** What a process of the topology gets as its environment: nothing that the surroundings have set for other installations. */
  env(more: Environment = {}): Environment {
    const { PATH, HOME, TMPDIR } = process.env;
    return { PATH, HOME, TMPDIR, ...this.own, ...more };
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
    const run = built('model-server', ['--dir', this.modelDir, '--port', '0', ...args]);
    return this.stopsAtTheEnd(await startServerProcess(run, this.env(more), '/v1/models/recmodel'));
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
