import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type RunningServer } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { countKinds, Load, type Answer } from './load.ts';

/** Several models, and far too little for one more once it is filled. */
const DISK = 'size=240m';

describe('a server under load whose model directory fails', () => {
  let topology: Topology;
  let server: RunningServer;
  let load: Load;
  let isMounted = false;
  const answers: Answer[] = [];

  beforeAll(async () => {
    topology = await Topology.open({});
    await mkdir(topology.modelDir, { recursive: true });
    isMounted = mountDisk(topology.modelDir);
    await topology.takeSample({ fitted: true });
    server = await topology.startServer({ LOG_LEVEL: 'warn' });
    await until(
      'it is ready',
      async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null),
      PATIENCE_MS,
    );
    load = await Load.open({
      origin: server.origin,
      readers: 4,
      // Ratings that stay as they are: training finds its stages kept.
      writers: 0,
      pauseMs: 3,
      onAnswer: (answer) => answers.push(answer),
    });
    load.start();
  }, 120_000);
  afterEach(async () => {
    // Some more requests after whatever was done.
    const before = answers.length;
    await until('requests go on', async () => (answers.length >= before + 30 ? true : null), PATIENCE_MS);
    expect(countKinds(answers)).toEqual({ ok: answers.length });
    answers.length = 0;
  });
  afterAll(async () => {
    await load?.stop();
    await server?.stop();
    if (isMounted) execFileSync('umount', [topology.modelDir]);
    await topology?.close();
  });

  const folderOf = (version: number) => join(topology.modelDir, 'recmodel', String(version), 'assets.extra');
  const readiness = async () => {
    const answer = await fetch(`${server.origin}/readyz`);
    const { modelVersion, problem } = (await answer.json()) as {
      modelVersion: number | null;
      problem: string | null;
    };
    return { status: answer.status, modelVersion, problem };
  };

  /** Lays a copy of the first version beside it as somebody else would, and points to it without asking the trainer. */
  async function layDown(version: number, spoil: (folder: string) => Promise<void>): Promise<void> {
    const staging = join(topology.modelDir, `draft-${version}`);
    await cp(join(folderOf(1), '..'), staging, { recursive: true });
    const file = join(staging, 'assets.extra', 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...manifest, version, createdAt: new Date().toISOString() }));
    await spoil(join(staging, 'assets.extra'));
    await rename(staging, join(folderOf(version), '..'));
    await point(version, [1]);
  }

  async function point(version: number, earlier: number[]): Promise<void> {
    const file = join(topology.modelDir, 'recmodel', 'current.json');
    await writeFile(`${file}.new`, JSON.stringify({ version, earlier, changedAt: new Date().toISOString() }));
    await rename(`${file}.new`, file);
  }

  const vectors = (folder: string) => join(folder, 'item2vec.outVectors.float32');

  it.each<[string, number, (folder: string) => Promise<void>, RegExp]>([
    [
      'truncated vectors',
      2,
      (folder) => truncate(vectors(folder), 1_000),
      /item2vec\.outVectors\.float32 has 1000 bytes instead of \d+/,
    ],
    [
      'altered vectors',
      3,
      async (folder) => {
        const bytes = await readFile(vectors(folder));
        bytes[100] = (bytes[100] ?? 0) ^ 1;
        await writeFile(vectors(folder), bytes);
      },
      /item2vec\.outVectors\.float32 was altered: its checksum differs/,
    ],
    ['a missing file', 4, (folder) => rm(vectors(folder)), /outVectors\.float32 cannot be read \(ENOENT/],
    [
      'half a manifest',
      5,
      (folder) => truncate(join(folder, 'manifest.json'), 500),
      /its manifest\.json is not JSON/,
    ],
    [
      'the manifest of other data',
      6,
      async (folder) => {
        const file = join(folder, 'manifest.json');
        const manifest = JSON.parse(await readFile(file, 'utf8')) as { dataset: object };
        const dataset = { ...manifest.dataset, name: 'another', identity: `sha256:${'0'.repeat(64)}` };
        await writeFile(file, JSON.stringify({ ...manifest, dataset }));
      },
      /it was trained on another \(sha256:0+\), the database holds sample/,
    ],
  ])(
    'keeps the model that serves when the next one has %s, and says why',
    async (_, version, spoil, reason) => {
      await layDown(version, spoil);
      const { problem } = await until(
        'it is refused',
        async () => {
          const state = await readiness();
          return state.problem?.includes(`version ${version} `) ? state : null;
        },
        PATIENCE_MS,
      );
      expect(problem).toMatch(reason);
      expect(await readiness()).toMatchObject({ status: 200, modelVersion: 1 });
      expect(server.output()).toContain('"event":"model problem"');
    },
  );

  const withDisk = process.getuid?.() === 0 ? it : it.skip;
  if (process.env['CI'] && process.getuid?.() !== 0) throw new Error('only root can make a small disk');
  withDisk(
    'keeps the model that serves when the disk is full while the next one is written',
    async () => {
      await point(1, []);
      await until(
        'all is well',
        async () => ((await readiness()).problem === null ? true : null),
        PATIENCE_MS,
      );
      const filler = join(topology.modelDir, 'filler');
      const { bavail, bsize } = await statfs(topology.modelDir);
      await writeFile(filler, Buffer.alloc(bavail * bsize - 3_000_000));
      const before = (await readdir(join(topology.modelDir, 'recmodel'))).sort();
      await expect(topology.train()).rejects.toThrow(
        /ended with status 7:[^]*error: .*ENOSPC: no space left on device/,
      );
      expect((await readdir(join(topology.modelDir, 'recmodel'))).sort()).toEqual(before);
      expect(await readiness()).toEqual({ status: 200, modelVersion: 1, problem: null });
      await rm(filler);
    },
    60_000,
  );

  it('follows the next good one', async () => {
    await topology.train();
    const state = await until(
      'it serves',
      async () => {
        const now = await readiness();
        return now.modelVersion !== 1 ? now : null;
      },
      PATIENCE_MS,
    );
    expect(state).toEqual({ status: 200, modelVersion: 7, problem: null });
  }, 60_000);
});

/** Puts a small file system where a folder is; false where this user may not. */
function mountDisk(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', folder]);
  return true;
}
