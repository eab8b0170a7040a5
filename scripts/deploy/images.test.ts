import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../lib/processes.ts';
import { QUICK_START, until } from '@pocketrocket/testing';
import { runProcess, startServerProcess, PATIENCE_MS, type Environment } from '../topology/processes.ts';
import { DOCKER, PINNED, readText } from './files.ts';
import { itWithTool } from './tools.ts';

let dockerfile: string;
beforeAll(async () => {
  dockerfile = await readText('server', 'Dockerfile');
});

/** The lines of a stage. */
function stage(name: string): string {
  const body = new RegExp(`^FROM \\S+ AS ${name}\\n([\\s\\S]*?)(?=^FROM |(?![\\s\\S]))`, 'm').exec(
    dockerfile,
  )?.[1];
  if (body === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
  return body;
}

/** Lists the files that a stage copies from the build. */
const copied = (name: string) =>
  [...stage(name).matchAll(/^COPY --from=build \/app\/(\S+) (\S+)$/gm)].map(([, from = '', to = '']) => ({
    from,
    to,
  }));

describe('the images', () => {
  itWithTool('pass the linter', 'hadolint', async (run) => {
    expect(await run(['server/Dockerfile'], DOCKER)).toEqual({ status: 0, output: '' });
  });

  it('start from a pinned image and end as an unprivileged user, in a process that hears SIGTERM', () => {
    const from = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, image = '', name = '']) => ({
      image,
      name,
    }));
    const stages = from.map(({ name }) => name);
    const [base, ...others] = from.map(({ image }) => image).filter((image) => !stages.includes(image));
    expect([base, others]).toEqual([expect.stringMatching(PINNED), []]);
    expect(stage('base')).toMatch(/^USER 1000:1000$/m);
    for (const name of ['server', 'trainer']) {
      expect(stage(name)).not.toMatch(/^USER/m);
      expect(stage(name)).toMatch(/^CMD \["node", /m);
      expect(stage(name)).toMatch(/^HEALTHCHECK /m);
    }
  });

  it('have one with Spark, in which an executor is what its pod is told to be', async () => {
    const spark = stage('spark');
    expect(spark.match(/^USER \S+$/gm)?.at(-1)).toBe('USER 1000:1000');
    expect(spark).toMatch(/^ENTRYPOINT \["tini", "--", "\/app\/trainer\/spark\/executor\.sh"\]$/m);
    const sources = [...spark.matchAll(/^COPY (\S+) \S+$/gm)].map(([, from = '']) => from);
    expect(sources).toContain('trainer/spark/executor.sh');
    for (const source of sources) expect((await stat(join(ROOT, source))).size).toBeGreaterThan(0);
    expect((await stat(join(ROOT, 'trainer/spark/executor.sh'))).mode & 0o111).toBe(0o111);
    const connector = /mysql-connector-j:([\d.]+) /.exec(spark)?.[1];
    const engine = await readFile(join(ROOT, 'trainer/src/commands/common/sparkEngine.ts'), 'utf8');
    expect(engine).toContain(`mysql-connector-j:${connector ?? ''}'`);
  });

  it('send only what is needed to the builder', async () => {
    const ignored = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['*', '**/node_modules', '**/.env', '**/.env.*']));
    const sent = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const needed = [...stage('manifests').matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    for (const file of needed) expect(sent).toContain(file.split('/')[0]);
  });

  describe('hold all that their commands need', () => {
    let app: string;
    let env: Environment;
    const run = (script: string, ...args: string[]) => ({
      command: process.execPath,
      args: [script, ...args],
      cwd: app,
    });

    beforeAll(async () => {
      app = await mkdtemp(join(tmpdir(), 'pocketrocket-image-'));
      await linkProductionModules(app);
      for (const { from, to } of ['base', 'server', 'trainer'].flatMap(copied))
        await cp(join(ROOT, from), join(app, to), { recursive: true });
      env = {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        POCKETROCKET_HOME: join(app, 'home'),
        PORT: '0',
        ...QUICK_START,
      };
      await runProcess(run('seeds/dist/cli.js', 'sample', '--if-empty', '--progress', 'none'), env);
    }, 60_000);
    afterAll(() => rm(app, { recursive: true, force: true }));

    it('to train, once', async () => {
      const train = run('trainer/dist/cli.js', 'train', '--quick', '--if-missing', '--only', 'fit,publish');
      expect(await runProcess(train, env)).toContain('published version 1');
      expect(await runProcess(train, env)).toContain('version 1 is published and fits the data');
      expect(await runProcess(run('trainer/dist/cli.js', 'prune', '--keep', '5'), env)).not.toContain(
        'error',
      );
    }, 60_000);

    it('to serve API and portal, and the model server beside, until SIGTERM', async () => {
      const dir = join(app, 'home', 'models');
      const [server, modelServer] = await Promise.all([
        startServerProcess(run('server/dist/main.js'), env, '/healthz'),
        startServerProcess(
          run('server/dist/modelServer/cli.js', '--dir', dir, '--port', '0'),
          env,
          '/v1/models/recmodel',
        ),
      ]);
      await until(
        'the model serves',
        async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null),
        PATIENCE_MS,
      );
      expect(await (await fetch(server.origin)).text()).toContain('<div id="root">');
      const status = await until(
        'version 1 is available',
        async () => {
          const text = await (await fetch(`${modelServer.origin}/v1/models/recmodel`)).text();
          return text.includes('AVAILABLE') ? text : null;
        },
        PATIENCE_MS,
      );
      expect(status).toContain('"version": "1"');
      expect(await Promise.all([server.stop(), modelServer.stop()])).toEqual([0, 0]);
    }, 60_000);
  });
});

/** Links what `npm ci --omit=dev` would install into a folder; what the Dockerfile removes again is left out. */
async function linkProductionModules(app: string): Promise<void> {
  const removed = [...stage('modules').matchAll(/node_modules\/([\w@/-]+)/g)].map(([, name = '']) => name);
  expect(removed).toEqual(['@tensorflow', '@photostructure']);
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean; optional?: boolean }>;
  };
  for (const [path, { dev, link, optional }] of Object.entries(lock.packages)) {
    const [, owner = '', name = ''] = /^((?:[a-z]+\/)?)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    if (
      name === '' ||
      dev === true ||
      removed.some((other) => name === other || name.startsWith(`${other}/`))
    )
      continue;
    const target = join(app, owner, 'node_modules', name);
    await mkdir(dirname(target), { recursive: true });
    if (link === true) await symlink(join(app, name.replace('@pocketrocket/', '')), target);
    else
      await symlink(join(ROOT, path), target).catch((error: unknown) => {
        if (optional !== true) throw error;
      });
  }
  for (const [path] of stage('manifests').matchAll(/[a-z]+\/package\.json/g)) {
    await mkdir(join(app, dirname(path)), { recursive: true });
    await cp(join(ROOT, path), join(app, path));
  }
}
