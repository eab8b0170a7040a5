import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readArtifact } from '@pocketrocket/model/artifact';
import { freePort } from '@pocketrocket/testing';
import { describeWithPySpark, SMALL_SPARK_OPTIONS } from '@pocketrocket/testing/spark';
import type { Fitter } from '../pipeline/fitting/fitter.ts';
import type { RunReport } from '../report/html/reportData.ts';
import { readRunReport } from '../report/runReport.ts';
import { writeParquetExport } from '../test/parquetExport.ts';
import { runTrainer } from '../test/runTrainer.ts';
import { createTinyDatabase, tinyRatings } from '../test/tinyData.ts';

const SLOW_MS = 900_000;
const OPTIONS = ['--item2vec-epochs', '3', '--neural-cf-epochs', '2', '--sequence'];

/** Fails where Spark is expected to fit. */
const fitNowhere: Fitter = async ({ name }) => {
  throw new Error(`${name} was fitted on this machine`);
};

interface Room {
  env: Record<string, string>;
  modelDir: string;
  spark: string[];
}

async function makeRoom(python: string): Promise<Room> {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-training-'));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
  const folder = join(home, 'export');
  await writeParquetExport(python, folder, 'sha256:tiny', tinyRatings());
  const env = { POCKETROCKET_HOME: home, PYSPARK_PYTHON: python, PATH: process.env['PATH'] ?? '' };
  const spark = ['--engine', 'spark', '--master', 'local[2]', ...SMALL_SPARK_OPTIONS, '--parquet', folder];
  return { env, modelDir: join(home, 'models'), spark };
}

/** The report of a version, but when it was made. */
async function reportOf({ modelDir }: Room): Promise<RunReport> {
  return { ...(await readRunReport(modelDir, 1)), createdAt: '' };
}

/** Names of what is in the folder of runs. */
function namesIn(modelDir: string): string[] {
  const runs = join(modelDir, '.spark');
  return existsSync(runs) ? readdirSync(runs) : [];
}

/** The same but for logs. */
const leftOf = (modelDir: string) => namesIn(modelDir).filter((name) => !name.endsWith('.log'));

describeWithPySpark('training on Spark', (python) => {
  let room: Room;
  let stderr: string;
  beforeAll(async () => {
    room = await makeRoom(python);
    const args = ['train', ...OPTIONS, '--progress', 'json', ...room.spark];
    ({ stderr } = await runTrainer(args, room.env, { fit: fitNowhere }));
  }, SLOW_MS);

  it(
    'publishes what training on this machine publishes, byte for byte',
    async () => {
      const local = await makeRoom(python);
      await runTrainer(['train', ...OPTIONS, '--progress', 'none'], local.env);
      const [onSpark, here] = await Promise.all([
        readArtifact(room.modelDir, 1),
        readArtifact(local.modelDir, 1),
      ]);
      expect(onSpark.tensors).toEqual(here.tensors);
      expect(onSpark.manifest.evaluation).toEqual(here.manifest.evaluation);
      expect(onSpark.manifest.counts).toEqual(here.manifest.counts);
      expect(onSpark.manifest.gate).toEqual(here.manifest.gate);
      expect(onSpark.manifest.serving).toEqual(here.manifest.serving);
      expect(await reportOf(room)).toEqual(await reportOf(local));
    },
    SLOW_MS,
  );

  it('says what it does, stage by stage', () => {
    const stages = stderr
      .split('\n')
      .filter((line) => line.startsWith('{"progress"'))
      .map((line) => (JSON.parse(line) as { progress: { stage: string } }).progress.stage);
    expect(stages).toEqual(
      expect.arrayContaining([
        'starting Spark',
        'reading ratings on Spark',
        'ease (split)',
        'sequence (inner split)',
        'neuralCF (all data)',
      ]),
    );
  });

  it('leaves nothing but the log', async () => {
    expect(leftOf(room.modelDir)).toEqual([]);
    const logs = namesIn(room.modelDir);
    expect(logs).toHaveLength(1);
    expect(await readFile(join(room.modelDir, '.spark', logs[0] ?? ''), 'utf8')).toContain('log4j');
  });

  it(
    'reuses what was fitted, on this machine and on Spark alike',
    async () => {
      const { stderr: log } = await runTrainer(
        ['train', ...OPTIONS, '--only', 'fit', '--progress', 'none', ...room.spark],
        room.env,
        { fit: fitNowhere },
      );
      expect(log).toContain('cached fit reused');
      expect(leftOf(room.modelDir)).toEqual([]);
    },
    SLOW_MS,
  );
});

describeWithPySpark('training that Spark cannot do', (python) => {
  it(
    'refuses a fit that does not go into the memory of a task',
    async () => {
      const { env, spark } = await makeRoom(python);
      const args = ['train', '--progress', 'none', '--task-memory', '100m', ...spark];
      await expect(runTrainer(args, env)).rejects.toMatchObject({
        code: 'ENVIRONMENT',
        message: expect.stringMatching(/needs \d+ MiB in one task, and tasks have 100: .*--task-memory/),
      });
    },
    SLOW_MS,
  );

  it(
    'says that the master does not answer',
    async () => {
      const { env, spark } = await makeRoom(python);
      const master = `spark://127.0.0.1:${await freePort()}`;
      const args = ['train', '--progress', 'none', ...spark, '--master', master];
      await expect(runTrainer(args, env)).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        message: expect.stringMatching(/^no Spark master answers at .*refused/),
      });
    },
    SLOW_MS,
  );
});

describe('options of training on Spark', () => {
  const refusal = (args: string[], env: Record<string, string> = {}) => runTrainer(['train', ...args], env);

  it.each([
    [['--engine', 'spark'], /needs --master.*npm run spark -- up/],
    [['--master', 'local[2]'], /--master goes with --engine spark/],
    [['--task-memory', '2g'], /--task-memory goes with --engine spark/],
    [
      ['--engine', 'spark', '--master', 'local[2]', '--backend', 'tfjs'],
      /--backend tfjs trains on this machine alone|TensorFlow/,
    ],
  ])('refuses %j', async (args, message) => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-options-'));
    await expect(refusal(args, { POCKETROCKET_HOME: home })).rejects.toMatchObject({
      message: expect.stringMatching(message),
    });
  });

  it('asks for an export where the database is SQLite', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-options-'));
    await expect(
      refusal(['--engine', 'spark', '--master', 'local[2]'], { POCKETROCKET_HOME: home }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('seed -- export --parquet'),
    });
  });
});
