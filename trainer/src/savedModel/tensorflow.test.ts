import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { toLoadedModel } from '@pocketrocket/model';
import { readArtifact, versionDir, writeVersionFile } from '@pocketrocket/model/artifact';
import { SAVED_MODEL_FILE } from '@pocketrocket/model/savedModel';
import { runTrainer } from '../test/runTrainer.ts';
import { nextItemCases, randomNeuralCF, randomSequence, savedModelCase } from '../test/savedModelCases.ts';
import { createTinyDatabase, NUM_USERS } from '../test/tinyData.ts';
import { neuralCFSavedModel } from './neuralCFSavedModel.ts';

const { TEST_TENSORFLOW_PYTHON: python } = process.env;
const describeWithTensorFlow = python ? describe : describe.skip;
const CHECK = fileURLToPath(new URL('../../checks/savedModel.py', import.meta.url));
/** TensorFlow alone takes several seconds to load, more on a busy machine. */
const SLOW_MS = 300_000;
const NUM_PAIRS = 1000;

interface Report {
  signatures: Record<string, Record<string, [string, number[]]>>;
  pairs: number;
  deviations: Record<string, number>;
}

describeWithTensorFlow('SavedModels in TensorFlow itself', () => {
  let reports: Report[];
  beforeAll(async () => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-saved-model-'));
    await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
    const env = { POCKETROCKET_HOME: home };
    await runTrainer(['train', '--quick', '--item2vec-epochs', '3', '--neural-cf-epochs', '5'], env);
    const modelDir = join(home, 'models');
    const trained = toLoadedModel(await readArtifact(modelDir, 1));
    if (!trained.recommender.neuralCF) throw new Error('the recipe must have NeuralCF');
    const trainedIds = { userIds: trained.users.ids, movieIds: trained.items.ids };

    const { model, ids } = randomNeuralCF(300, 700);
    const randomDir = join(home, 'random');
    const sequence = randomSequence(700);
    const bytes = neuralCFSavedModel(model, ids, sequence);
    await writeVersionFile(randomDir, 5, { path: SAVED_MODEL_FILE, bytes });

    const cases = [
      {
        ...savedModelCase(versionDir(randomDir, 5), model, ids, NUM_PAIRS),
        nextItems: nextItemCases(sequence, ids),
      },
      savedModelCase(versionDir(modelDir, 1), trained.recommender.neuralCF, trainedIds, NUM_PAIRS),
    ];
    const casesFile = join(home, 'cases.json');
    writeFileSync(casesFile, JSON.stringify(cases));
    const { status, stdout, stderr } = spawnSync(python ?? '', [CHECK, casesFile], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${CHECK} ended with ${status}:\n${stdout}${stderr}`);
    reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Report);
  }, SLOW_MS);

  it.each([
    ['of random numbers and ids up to 2^31 − 1', 0],
    [`as \`train\` publishes it for ${NUM_USERS} users`, 1],
  ])('score as the engine does within 1e-5, unknown ids included: a model %s', (_, index) => {
    const report = reports[index];
    expect(report?.pairs).toBeGreaterThan(NUM_PAIRS);
    const deviations = Object.entries(report?.deviations ?? {});
    expect(deviations.map(([name]) => name)).toEqual([
      'batches of 1',
      'batches of 500',
      `batches of ${report?.pairs}`,
      'one user, many movies',
      'user vectors',
      ...(index === 0 ? ['next items'] : []),
    ]);
    for (const [name, deviation] of deviations)
      expect(deviation).toBeLessThanOrEqual(name === 'next items' ? 1e-4 : 1e-5);
  });

  it('have the signatures that clients rely on', () => {
    expect(reports[0]?.signatures).toEqual({
      serving_default: {
        movieId: ['int32', [null]],
        probability: ['float32', [null, 1]],
        userId: ['int32', [null]],
      },
      user_vector: {
        movieId: ['int32', [null]],
        probability: ['float32', [null, 1]],
        userVector: ['float32', [1, 16]],
      },
      next_item: {
        history: ['int32', [1, null]],
        movieId: ['int32', [null]],
        score: ['float32', [null, 1]],
      },
    });
  });
});
