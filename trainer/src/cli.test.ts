import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { readArtifact } from '@pocketrocket/model/artifact';
import { runnableModule } from './processes/runnableModule.ts';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, tinyRatings, toCsv } from './test/tinyData.ts';

const FEW_EPOCHS = ['--item2vec-epochs', '3', '--neural-cf-epochs', '2'];
const SLOW_TEST_MS = 120_000;

function start(args: readonly string[], home: string): ChildProcess {
  const { file, execArgv, env } = runnableModule('./cli.ts');
  return spawn(process.execPath, [...execArgv, file, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env, POCKETROCKET_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(
  child: ChildProcess,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  if (!child.stdout || !child.stderr) throw new Error('the streams must be pipes');
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  return { status, stdout, stderr };
}

const newHome = (): string => mkdtempSync(join(tmpdir(), 'pocketrocket-cli-'));
const databaseIn = (home: string): string => `sqlite:${join(home, 'pocketrocket.sqlite')}`;

describe('the trainer as a process', () => {
  it.each([
    [['train', '--bogus'], "unknown option '--bogus'"],
    [['fly'], "unknown command 'fly'"],
    [['recommend'], "required option '--user <userId>' not specified"],
    [['evaluate', '--seed', 'one'], 'It must be a whole number'],
    [['evaluate', '--train', 'a.csv'], 'give either --data, or both --train and --holdout'],
  ])(
    'ends with 2 on wrong usage: %j',
    async (args, message) => {
      const { status, stdout, stderr } = await ended(start(args, newHome()));
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(message);
    },
    SLOW_TEST_MS,
  );

  it(
    'fits in child processes what it fits in its own, to the byte, and reports progress as JSON lines',
    async () => {
      const home = newHome();
      await createTinyDatabase(databaseIn(home));
      const args = ['train', '--json', ...FEW_EPOCHS];
      const { status, stdout, stderr } = await ended(start([...args, '--progress', 'json'], home));
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
      const lines = stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const stages = lines.flatMap(({ progress }) =>
        progress ? [(progress as { stage: string }).stage] : [],
      );
      expect([...new Set(stages)]).toEqual(
        expect.arrayContaining([
          'reading ratings',
          'item2vec (all data)',
          'neuralCF (inner split)',
          'evaluating',
        ]),
      );

      await runTrainer(args, { POCKETROCKET_HOME: home });
      const modelDir = join(home, 'models');
      expect((await readArtifact(modelDir, 2)).tensors).toEqual((await readArtifact(modelDir, 1)).tensors);
    },
    SLOW_TEST_MS,
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 within a second of %s while it fits, loses no finished stage, and leaves no half artifact',
    async (signal) => {
      const home = newHome();
      await createTinyDatabase(databaseIn(home));
      const endless = ['train', '--neural-cf-epochs', '10000000', '--progress', 'json'];
      const child = start(endless, home);
      const end = ended(child);
      const stages = join(home, 'models', '.stages');
      const finished = () =>
        existsSync(stages) ? readdirSync(stages).filter((name) => name.endsWith('.stage')) : [];
      let isFitting = false;
      child.stderr?.on('data', (data: Buffer) => (isFitting ||= data.toString().includes('"neuralCF (')));
      while ((!isFitting || finished().length === 0) && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const stoppedAt = performance.now();
      child.kill(signal);
      const { status, stderr } = await end;
      expect(status).toBe(130);
      expect(performance.now() - stoppedAt).toBeLessThan(1_000);
      expect(stderr).toContain(
        `error: stopped by ${signal}; nothing was published; the fitted models are cached`,
      );
      expect(finished().length).toBeGreaterThan(0);
      expect(readdirSync(join(home, 'models'))).toEqual(['.stages']);
    },
    SLOW_TEST_MS,
  );

  it(
    'reports on stdout only, also when its reader wants JSON',
    async () => {
      const home = newHome();
      const [train, holdout] = [join(home, 'train.csv'), join(home, 'holdout.csv')];
      const ratings = tinyRatings();
      const latest = new Map(ratings.map((rating) => [rating.userId, rating]));
      writeFileSync(train, toCsv(ratings.filter((rating) => latest.get(rating.userId) !== rating)));
      writeFileSync(holdout, toCsv([...latest.values()]));
      const { status, stdout } = await ended(
        start(['evaluate', '--train', train, '--holdout', holdout, '--json', ...FEW_EPOCHS], home),
      );
      expect(status).toBe(0);
      expect(Object.keys(JSON.parse(stdout) as object)).toContain('models');
      expect(readFileSync(holdout, 'utf8')).toBe(toCsv([...latest.values()]));
    },
    SLOW_TEST_MS,
  );
});
