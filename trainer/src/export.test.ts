import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { publishVersion } from '@pocketrocket/model/artifact';
import { decodeSavedModel } from '@pocketrocket/model/savedModel';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, NUM_USERS } from './test/tinyData.ts';

const FEW_EPOCHS = ['--item2vec-epochs', '2', '--neural-cf-epochs', '1'];

describe('export', () => {
  let home: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'pocketrocket-export-'));
    await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
    env = { POCKETROCKET_HOME: home };
    await runTrainer(['train', '--quick', ...FEW_EPOCHS], env);
    const models = join(home, 'models', 'recmodel');
    // A second version beside the one that serves.
    await publishVersion(join(home, 'models'), 1, new Date());
    cpSync(join(models, '1'), join(models, '2'), { recursive: true });
    const manifestFile = join(models, '2', 'assets.extra', 'manifest.json');
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
    writeFileSync(manifestFile, JSON.stringify({ ...manifest, version: 2 }));
  });
  const fileIn = (dir: string, version: number): string =>
    join(dir, 'recmodel', String(version), 'saved_model.pb');

  it('writes what was published with the version that is asked for, and only that', async () => {
    const out = join(home, 'out');
    const { stdout } = await runTrainer(['export', '--out', out, '--model-version', '2', '--json'], env);
    const printed = JSON.parse(stdout) as Record<string, unknown>;
    expect(printed).toEqual({
      version: 2,
      file: fileIn(out, 2),
      bytes: statSync(fileIn(out, 2)).size,
      users: NUM_USERS,
      movies: expect.any(Number),
      signatures: ['serving_default', 'user_vector'],
    });
    expect(readdirSync(join(out, 'recmodel'))).toEqual(['2']);
    const published = readFileSync(fileIn(join(home, 'models'), 1));
    expect(readFileSync(fileIn(out, 2)).equals(published)).toBe(true);
    const signatures = decodeSavedModel(published).metaGraphs.flatMap(({ signatureDef }) =>
      Object.keys(signatureDef),
    );
    expect(signatures).toEqual(['serving_default', 'user_vector']);
  });

  it('takes the version that is served, and may be repeated', async () => {
    const out = join(home, 'served');
    for (let time = 0; time < 2; time++) {
      const { stdout } = await runTrainer(['export', '--out', out], env);
      expect(stdout).toContain(fileIn(out, 1));
      expect(stdout).toContain(`--model_base_path=${join(out, 'recmodel')}`);
    }
    expect(readdirSync(join(out, 'recmodel'))).toEqual(['1']);
  });

  it.each([
    [['--model-version', '9'], 'ARTIFACT_INVALID', 'model version 9 cannot be used'],
    [['--out', '/dev/null'], 'ENVIRONMENT', 'cannot be written'],
  ])('%j fails with %s', async (args, code, message) => {
    const out = args.includes('--out') ? [] : ['--out', join(home, 'failed')];
    await expect(runTrainer(['export', ...args, ...out], env)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
