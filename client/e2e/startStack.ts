import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, importedSample, QUICK_START, trainedSample } from '@pocketrocket/testing';

export { freePort };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longer than any machine takes to start a server. */
const DEADLINE_MS = 180_000;

export interface Running {
  /** The origin that it answers at. */
  origin: string;
  stop: () => Promise<void>;
}

export interface ServerOptions {
  port?: number;
  /** Origins, besides its own, that may ask. */
  corsOrigins?: string;
  /** More settings. */
  env?: Record<string, string>;
}

/** The whole stack in a folder of its own, as the root commands make it; only processes, nothing of them imported. */
export class Stack {
  private readonly home: string;
  private readonly running = new Set<Running>();

  private constructor(home: string) {
    this.home = home;
  }

  /** A stack with a copy of the bundled sample; `trained` also has a model of it by the recipe of the first start. */
  static async prepare({ trained }: { trained: boolean }): Promise<Stack> {
    const home = await mkdtemp(join(tmpdir(), 'pocketrocket-e2e-'));
    await cp(await (trained ? trainedSample() : importedSample()), home, { recursive: true });
    return new Stack(home);
  }

  /** The built server, answering its health check. */
  async serve({ port, corsOrigins = '', env: more = {} }: ServerOptions = {}): Promise<Running> {
    const env = {
      ...more,
      HOST: '127.0.0.1',
      PORT: String(port ?? (await freePort())),
      CORS_ORIGINS: corsOrigins,
    };
    const origin = `http://127.0.0.1:${env.PORT}`;
    return this.start(process.execPath, ['server/dist/main.js'], env, origin, '/healthz');
  }

  /** The portal alone on an origin of its own, its `/config.js` edited as a deployment would. */
  async servePortalAlone(apiUrl: string, port: number): Promise<Running> {
    const outDir = join(this.home, 'portal');
    await mkdir(outDir, { recursive: true });
    await cp(join(ROOT, 'client/dist'), outDir, { recursive: true });
    await writeFile(
      join(outDir, 'config.js'),
      `window.pocketrocketConfig = ${JSON.stringify({ apiUrl })};\n`,
    );
    const options = ['--outDir', outDir, '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
    const origin = `http://127.0.0.1:${port}`;
    return this.start('node_modules/.bin/vite', ['preview', 'client', ...options], {}, origin, '/');
  }

  /** Notes a training's progress where a trainer does; `null` takes the note back, as at its end. */
  async noteTraining(progress: { stage: string; done: number; total: number } | null): Promise<void> {
    const file = join(this.home, 'models/training.json');
    if (!progress) return rm(file, { force: true });
    const now = new Date().toISOString();
    await mkdir(join(this.home, 'models'), { recursive: true });
    // Whole at once, for whoever reads meanwhile.
    const note = { ...progress, pid: process.pid, startedAt: now, stageStartedAt: now, updatedAt: now };
    await writeFile(`${file}.draft`, JSON.stringify(note));
    await rename(`${file}.draft`, file);
  }

  /** Makes an administrator of an account, as an operator does on the command line. */
  grant(email: string): Promise<void> {
    return this.run('npm', ['run', '--silent', 'admin', '--', 'grant', email]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((running) => running.stop()));
    await rm(this.home, { recursive: true, force: true });
  }

  private spawn(command: string, args: readonly string[], env: Record<string, string> = {}) {
    // Stated in full: what the surroundings have set must not lead to another database or model.
    const own = { ...QUICK_START, POCKETROCKET_HOME: this.home, LOG_LEVEL: 'warn', NODE_OPTIONS: '' };
    const { DATABASE_URL: _url, MODEL_DIR: _dir, ...inherited } = process.env;
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...inherited, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (text) => output.push(String(text)));
    child.stderr.on('data', (text) => output.push(String(text)));
    return { child, said: () => output.join('').slice(-4000) };
  }

  private async run(command: string, args: readonly string[]): Promise<void> {
    const { child, said } = this.spawn(command, args);
    const status = await ended(child);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said()}`);
  }

  private async start(
    command: string,
    args: readonly string[],
    env: Record<string, string>,
    origin: string,
    check: string,
  ): Promise<Running> {
    const { child, said } = this.spawn(command, args, env);
    const end = ended(child);
    const running: Running = {
      origin,
      stop: async () => {
        this.running.delete(running);
        // As Ctrl+C does: else a server keeps idle connections for another request, for seconds.
        child.kill('SIGINT');
        await end;
      },
    };
    this.running.add(running);
    for (const deadline = Date.now() + DEADLINE_MS; !(await answers(origin + check));) {
      if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended:\n${said()}`);
      if (Date.now() > deadline) throw new Error(`${origin} does not answer:\n${said()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return running;
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
