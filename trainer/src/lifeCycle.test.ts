import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt, seededRandom, type ServedSettings } from '@pocketrocket/engine';
import { readManifest, servingOrder, versionDir, type Manifest } from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';
import { fitHere } from './pipeline/fitting/fitter.ts';
import type { Fitter } from './pipeline/fitting/fitter.ts';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, NUM_MOVIES } from './test/tinyData.ts';
import type { TinyRating } from './test/tinyData.ts';

const TRAIN = ['train', '--quick', '--json', '--seed', '7'];

async function newHome(ratings?: TinyRating[]): Promise<{ env: Record<string, string>; modelDir: string }> {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-life-'));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`, ratings);
  return { env: { POCKETROCKET_HOME: home }, modelDir: join(home, 'models') };
}

const numbersIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];

/** Fits, then changes every array that was learned; each fit has random numbers of its own, whatever order they come in. */
function changing(change: (learned: Float32Array | Int32Array, random: () => number) => void): Fitter {
  return async (job, data, onEpoch) => {
    const model = fitHere(job, data, onEpoch);
    const random = seededRandom(3);
    const visit = (value: unknown): void => {
      if (value instanceof Float32Array || value instanceof Int32Array) change(value, random);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
    };
    visit(model);
    return model;
  };
}

const SHUFFLED = changing((learned, random) => {
  for (let last = learned.length - 1; last > 0; last--) {
    const other = randomInt(random, last + 1);
    [learned[last], learned[other]] = [learned[other] ?? 0, learned[last] ?? 0];
  }
});
/** As after zero epochs: small numbers that know nothing, and no neighbours. */
const UNTRAINED = changing((learned, random) => {
  if (learned instanceof Int32Array) learned.fill(-1);
  else learned.forEach((_, index) => (learned[index] = 0.01 * (random() - 0.5)));
});

/** Ratings of movies that everybody watches, in any order: few movies make most of the ratings, and popularity is hard to beat. */
function fashionRatings(): TinyRating[] {
  const draw = seededRandom(5);
  return Array.from({ length: 60 }, (_, i) => i + 1).flatMap((userId) =>
    Array.from({ length: NUM_MOVIES }, (_, place) => place)
      .filter((place) => draw() < 1 / (1 + place / 3))
      .map((place) => ({ movieId: 10 * (place + 1), order: draw() }))
      .sort((a, b) => a.order - b.order)
      .map(({ movieId }, time) => ({ userId, movieId, halfStars: 8, ratedAtSeconds: time })),
  );
}

function editManifest(modelDir: string, version: number, edit: (manifest: Manifest) => void): void {
  const file = join(versionDir(modelDir, version), 'assets.extra', 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  edit(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}

describe('incremental training', () => {
  it('fits nothing twice, and only what depends on what changed', async () => {
    const { env, modelDir } = await newHome();
    const fitted: string[] = [];
    const fit: Fitter = async (job, data, onEpoch) => {
      fitted.push(job.name);
      return fitHere(job, data, onEpoch);
    };
    await runTrainer(TRAIN, env, { fit });
    const numFits = fitted.splice(0).length;
    expect(numFits).toBeGreaterThan(3);

    const { stderr } = await runTrainer(TRAIN, env, { fit });
    expect(fitted.splice(0)).toEqual([]);
    expect(stderr.split('cached fit reused').length - 1).toBe(numFits);
    const [first, second] = [await readManifest(modelDir, 1), await readManifest(modelDir, 2)];
    expect(second.tensors).toEqual(first.tensors);
    expect(second.evaluation).toEqual(first.evaluation);

    await runTrainer([...TRAIN, '--item2vec-epochs', '3'], env, { fit });
    expect(new Set(fitted)).toEqual(new Set(['item2vec']));
  });

  it('goes on where it was interrupted', async () => {
    const { env, modelDir } = await newHome();
    const stopping = new AbortController();
    const finished: string[] = [];
    const interrupted: Fitter = async (job, data, onEpoch, signal) => {
      if (finished.length === 2) stopping.abort(new AppError('INTERRUPTED', 'stopped'));
      signal.throwIfAborted();
      const model = fitHere(job, data, onEpoch);
      finished.push(job.name);
      return model;
    };
    const run = runTrainer([...TRAIN, '--threads', '1'], env, { signal: stopping.signal, fit: interrupted });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(numbersIn(join(modelDir, 'recmodel'))).toEqual([]);

    const resumed: string[] = [];
    const { stderr } = await runTrainer(TRAIN, env, {
      fit: async (job, data, onEpoch) => {
        resumed.push(job.name);
        return fitHere(job, data, onEpoch);
      },
    });
    expect(stderr.split('cached fit reused').length - 1).toBe(2);
    expect(resumed.length).toBeGreaterThan(2);
    expect(numbersIn(join(modelDir, 'recmodel'))).toEqual(['1']);
  });

  it('trains only where no published version fits, if asked to', async () => {
    const { env, modelDir } = await newHome();
    const args = ['train', '--quick', '--only', 'fit,publish', '--if-missing', '--json'];
    const json = async () => JSON.parse((await runTrainer(args, env)).stdout) as Record<string, unknown>;
    expect(await json()).toMatchObject({ version: 1, published: true });
    expect(await json()).toEqual({ version: 1, published: true, trained: false });
    expect(numbersIn(join(modelDir, 'recmodel'))).toEqual(['1']);
    editManifest(modelDir, 1, ({ dataset }) => {
      dataset.identity = 'sha256:another';
    });
    expect(await json()).toMatchObject({ version: 2, published: true });
  });

  it('does the stages asked for and what they need', async () => {
    const { env, modelDir } = await newHome();
    const json = async (only: string) =>
      JSON.parse((await runTrainer([...TRAIN, '--only', only], env)).stdout) as Record<string, unknown>;
    expect(await json('fit')).toMatchObject({ version: null, published: false, evaluation: null });
    expect(await json('evaluate')).toMatchObject({
      version: null,
      evaluation: { protocol: 'last-out-sampled' },
    });
    expect(numbersIn(join(modelDir, 'recmodel'))).toEqual([]);
    const published = await runTrainer([...TRAIN, '--only', 'evaluate,publish'], env, {
      fit: () => Promise.reject(new Error('all was fitted before')),
    });
    expect(JSON.parse(published.stdout)).toMatchObject({ version: 1, published: true });
    await expect(runTrainer([...TRAIN, '--only', 'fit,fly'], env)).rejects.toThrow(
      'some of fit, evaluate, publish',
    );
  });
});

/** A home where version 1 serves, and a fitter that fits its recipe well and every other one as told. */
async function servingBeside(broken: Fitter) {
  const { env, modelDir } = await newHome();
  await runTrainer(TRAIN, env);
  // Options that no model reads tell the recipe that serves from the new one.
  editManifest(modelDir, 1, ({ recipeSettings }) => {
    for (const options of Object.values(recipeSettings?.models ?? {}))
      Object.assign(options ?? {}, { revision: 1 });
  });
  rmSync(join(modelDir, '.stages'), { recursive: true });
  const fit: Fitter = (job, data, onEpoch, signal) =>
    'revision' in job.options
      ? Promise.resolve(fitHere(job, data, onEpoch))
      : broken(job, data, onEpoch, signal);
  return { env, modelDir, fit };
}

describe('the gate', () => {
  it.each([
    ['shuffled', SHUFFLED],
    ['untrained', UNTRAINED],
  ])('refuses %s models beside the recipe that serves, which goes on serving', async (_what, broken) => {
    const { env, modelDir, fit } = await servingBeside(broken);
    await expect(runTrainer(TRAIN, env, { fit })).rejects.toMatchObject({
      code: 'QUALITY_GATE',
      message: expect.stringMatching(/the gate refused version 2: .*version 1's.*publish 2/s),
    });
    const { gate } = await readManifest(modelDir, 2);
    expect(gate).toMatchObject({ decision: 'refused', forced: false, serving: { version: 1 } });
    expect(gate?.difference?.high).toBeLessThan(0);
    expect(await servingOrder(modelDir)).toEqual([1]);
  });

  it.each([
    ['shuffled', SHUFFLED],
    ['untrained', UNTRAINED],
  ])('lets no %s models serve as the first: the blend leans on popularity', async (_what, fit) => {
    const { env, modelDir } = await newHome(fashionRatings());
    const { stdout } = await runTrainer(TRAIN, env, { fit });
    const { serving, gate } = JSON.parse(stdout) as Manifest;
    // What is counted may have a share: it is neither shuffled nor untrained.
    const { rankingWeights, retrievalWeights } = serving as unknown as ServedSettings;
    for (const { popularity } of [rankingWeights, retrievalWeights])
      expect(popularity).toBeGreaterThanOrEqual(0.75);
    expect(gate?.decision).toBe('passed');
    expect(gate?.candidate).toBeGreaterThanOrEqual(gate?.popularity ?? NaN);
    expect(await servingOrder(modelDir)).toEqual([1]);
  });

  it('gives way to --force, and the manifest says so', async () => {
    const { env, modelDir, fit } = await servingBeside(SHUFFLED);
    const { stdout } = await runTrainer([...TRAIN, '--force'], env, { fit });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 2,
      published: true,
      gate: { decision: 'refused', forced: true, serving: { version: 1 } },
    });
    expect(await servingOrder(modelDir)).toEqual([2, 1]);
  });

  it('compares with popularity alone where the serving recipe cannot be fitted any more, and says so', async () => {
    const { env, modelDir } = await newHome();
    await runTrainer(TRAIN, env);
    editManifest(modelDir, 1, (manifest) => delete manifest.recipeSettings);
    const { stderr } = await runTrainer(TRAIN, env);
    expect(stderr).toContain('compared with popularity alone');
    expect((await readManifest(modelDir, 2)).gate).toMatchObject({
      decision: 'passed',
      serving: null,
      reasons: [expect.stringContaining('version 1')],
    });
  });
});

describe('versions', () => {
  let env: Record<string, string>;
  let modelDir: string;
  const run = async (...args: string[]) => (await runTrainer(args, env)).stdout;
  const states = async () =>
    (
      JSON.parse(await run('list', '--json')) as { versions: { version: number; state: string }[] }
    ).versions.map(({ version, state }) => `${version} ${state}`);

  beforeAll(async () => {
    ({ env, modelDir } = await newHome());
    await runTrainer(TRAIN, env);
    await runTrainer(TRAIN, env);
    await runTrainer(TRAIN, env);
    // As if the gate had refused the last one.
    editManifest(modelDir, 3, ({ gate }) =>
      Object.assign(gate ?? {}, { decision: 'refused', reasons: ['it does not beat popularity'] }),
    );
    await runTrainer(['rollback'], env);
  });

  it('are listed with their states, and shown whole', async () => {
    expect(await states()).toEqual(['3 refused', '2 served', '1 earlier']);
    expect(await run('list')).toMatch(/^version +state .*\n.*\n +3 +refused/);
    expect(await run('show', '3')).toMatch(/version +3 \(refused\)[^]*does not beat popularity[^]*model +/);
    expect(JSON.parse(await run('show', '2', '--json'))).toMatchObject({
      state: 'served',
      recipeSettings: { isTuned: false },
      gate: { decision: 'passed', serving: { version: 1 } },
    });
  });

  it('are published and rolled back', async () => {
    expect(await run('publish', '3')).toBe('published version 3, which the gate had refused\n');
    expect(await states()).toEqual(['3 served', '2 earlier', '1 earlier']);
    expect(JSON.parse(await run('recommend', '--user', '1', '--json'))).toMatchObject({ version: 3 });
    expect(await run('rollback')).toBe('rolled back from version 3 to version 2\n');
    expect(JSON.parse(await run('rollback', '--json'))).toMatchObject({ version: 1, from: 2, earlier: [] });
    expect(await states()).toEqual(['3 refused', '2 unpublished', '1 served']);
    await expect(run('rollback')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await run('publish', '2');
    expect(await states()).toEqual(['3 refused', '2 served', '1 earlier']);
  });

  it.each([
    [['publish', '9'], 'NOT_FOUND', 'there is no version 9'],
    [['show', '9'], 'NOT_FOUND', 'there is no version 9'],
    [['publish', '0'], 'commander.invalidArgument', '1 or more'],
    [['prune'], 'commander.missingMandatoryOptionValue', '--keep'],
  ])('%j fails with %s', async (args, code, message) => {
    await expect(run(...args)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('are not published broken, or for other data', async () => {
    const file = join(versionDir(modelDir, 3), 'assets.extra', 'manifest.json');
    const manifest = readFileSync(file, 'utf8');
    writeFileSync(file, manifest.replace('"sha256:tiny"', '"sha256:other"'));
    await expect(run('publish', '3')).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringContaining('trained on tiny (sha256:other)'),
    });
    writeFileSync(file, '{');
    await expect(run('publish', '3')).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
    await expect(run('show', '3')).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
    expect(await states()).toEqual(['3 broken', '2 served', '1 earlier']);
    // Servers pass over what they cannot read.
    const folder = join(modelDir, 'recmodel', '2', 'assets.extra');
    const [tensor = ''] = readdirSync(folder).filter((name) => name.endsWith('.float32'));
    renameSync(join(folder, tensor), join(folder, 'aside'));
    expect(await states()).toEqual(['3 broken', '2 broken', '1 served']);
    renameSync(join(folder, 'aside'), join(folder, tensor));
    writeFileSync(file, manifest);
  });

  it('are pruned but for the newest, the served and the one before', async () => {
    await runTrainer(['publish', '3'], env);
    await runTrainer(['publish', '1'], env);
    expect(JSON.parse(await run('prune', '--keep', '1', '--dry-run', '--json'))).toEqual({
      removed: [],
      wouldRemove: [2],
      kept: [3, 2, 1],
      redisProblem: null,
    });
    expect(JSON.parse(await run('prune', '--keep', '1', '--json'))).toEqual({
      removed: [2],
      kept: [3, 1],
      redisProblem: null,
    });
    expect(await states()).toEqual(['3 earlier', '1 served']);
    expect(await run('prune', '--keep', '1')).toBe('removed nothing; kept 3, 1\n');
  });
});
