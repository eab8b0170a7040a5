import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runTrainer } from './test/runTrainer.ts';
import { NUM_MOVIES, NUM_USERS, tinyRatings, toCsv } from './test/tinyData.ts';

const FEW_EPOCHS = ['--item2vec-epochs', '3', '--neural-cf-epochs', '2'];
const MODELS = [
  'popularity',
  'item2vec',
  'item2vecRecent',
  'implicitALS',
  'ease',
  'easeRecent',
  'coVisitation',
  'coVisitationRecent',
  'transitionsRecent',
  'trend',
  'matrixFactorization',
  'neuralCF',
  'pipeline',
];
const SAMPLED_KEYS = ['hitRateAt10', 'ndcgAt10'];
const FULL_KEYS = [
  ...SAMPLED_KEYS,
  'mapAt10',
  'precisionAt10',
  'recallAt10',
  'recallAt500',
  'ndcgAt10OfLiked',
  'dislikedRateAt10',
];

interface Report {
  protocol: string;
  users: number;
  seed: number;
  seconds: number;
  weights: Record<string, number>;
  retrievalWeights: Record<string, number>;
  models: Record<string, Record<string, number>>;
  ablation: Record<string, Record<string, number>>;
  changedByNeuralCF: number;
  timestampedUsers: { users: number; models: Record<string, Record<string, number>> };
}

async function evaluate(...args: string[]): Promise<Report> {
  const { stdout } = await runTrainer(['evaluate', '--json', '--progress', 'none', ...FEW_EPOCHS, ...args]);
  return JSON.parse(stdout) as Report;
}

const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-evaluate-'));
const file = (name: string): string => join(folder, name);
/** Each user's last row is held out; the two users' rows stand in time order. */
const isLast = tinyRatings().map(({ userId }, row, all) => all[row + 1]?.userId !== userId);
const train = tinyRatings().filter((_, row) => !isLast[row]);
const holdout = tinyRatings().filter((_, row) => isLast[row]);

beforeAll(() => {
  writeFileSync(file('train.csv'), toCsv(train));
  writeFileSync(file('holdout.csv.gz'), gzipSync(toCsv(holdout)));
  // The positive itself stands among the negatives and must not compete with itself.
  const negatives = holdout.flatMap(({ userId, movieId }) => [
    `${userId},${movieId}`,
    ...Array.from({ length: 12 }, (_, i) => `${userId},${10 * (2 * i + 2 - (userId % 2))}`),
  ]);
  writeFileSync(file('negatives.csv'), ['userId,movieId', ...negatives, ''].join('\n'));
});

describe('evaluate --train --holdout', () => {
  it('prints exactly the agreed keys for the whole catalogue', async () => {
    const report = await evaluate('--train', file('train.csv'), '--holdout', file('holdout.csv.gz'));
    expect(Object.keys(report)).toEqual([
      'protocol',
      'users',
      'seed',
      'seconds',
      'weights',
      'retrievalWeights',
      'models',
      'ablation',
      'changedByNeuralCF',
      'calibration',
      'timestampedUsers',
    ]);
    expect(report).toMatchObject({ protocol: 'last-out', users: NUM_USERS, seed: 42 });
    expect(Object.keys(report.models)).toEqual(MODELS);
    expect(Object.keys(report.timestampedUsers)).toEqual(['users', 'models']);
    // Every third user has no times.
    expect(report.timestampedUsers.users).toBe(NUM_USERS - NUM_USERS / 3);
    for (const models of [report.models, report.timestampedUsers.models]) {
      for (const name of MODELS) expect(Object.keys(models[name] ?? {})).toEqual(FULL_KEYS);
    }
    expect(report.weights.neuralCF).toBeGreaterThanOrEqual(0.1);
    for (const weights of [report.weights, report.retrievalWeights]) {
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
    }
    expect(report.retrievalWeights).not.toHaveProperty('neuralCF');
    expect(report.ablation).toHaveProperty('neuralCF');
    expect(Object.keys(report.ablation.dislikes ?? {})).toEqual(FULL_KEYS);
    // Fewer than 500 movies: the candidate stage cannot lose any that the models know.
    expect(report.models.pipeline?.recallAt500).toBe(1);
  });

  it('measures the sequence model where it is asked for, and the pipeline without it', async () => {
    const { models, weights, ablation } = await evaluate(
      ...['--train', file('train.csv'), '--holdout', file('holdout.csv.gz'), '--sequence'],
    );
    expect(Object.keys(models)).toEqual([
      ...MODELS.filter((name) => MODELS.indexOf(name) < MODELS.indexOf('matrixFactorization')),
      'sequence',
      ...MODELS.slice(MODELS.indexOf('matrixFactorization')),
    ]);
    expect(models['sequence']?.['ndcgAt10']).toBeGreaterThan(0.2);
    expect('sequence' in ablation).toBe('sequence' in weights);
  });

  it("measures popularity as counted by hand from the files' counts", async () => {
    const report = await evaluate('--train', file('train.csv'), '--holdout', file('holdout.csv.gz'));
    const counts = new Map<number, number>();
    for (const { movieId } of train) counts.set(movieId, (counts.get(movieId) ?? 0) + 1);
    const universe = new Set(tinyRatings().map(({ movieId }) => movieId));
    const gains = holdout.map(({ userId, movieId }) => {
      const seen = new Set(train.filter((row) => row.userId === userId).map((row) => row.movieId));
      const others = [...universe].filter((other) => other !== movieId && !seen.has(other));
      const popularity = counts.get(movieId) ?? 0;
      const rank = others.filter((other) => (counts.get(other) ?? 0) >= popularity).length;
      return rank < 10 ? Math.LN2 / Math.log(rank + 2) : 0;
    });
    const expected = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    expect(report.models.popularity?.ndcgAt10).toBeCloseTo(expected, 9);
    expect(report.models.popularity?.hitRateAt10).toBeCloseTo(
      gains.filter((gain) => gain > 0).length / gains.length,
      9,
    );
  });

  it('ranks against given negatives, with two metrics, the positive dropped from them', async () => {
    const report = await evaluate(
      ...['--train', file('train.csv'), '--holdout', file('holdout.csv.gz')],
      ...['--negatives', file('negatives.csv')],
    );
    expect(report.protocol).toBe('last-out-sampled');
    for (const name of MODELS) expect(Object.keys(report.models[name] ?? {})).toEqual(SAMPLED_KEYS);
  });

  it('prints tables for people: the weights, every model and what each part adds, with intervals', async () => {
    const { stdout } = await runTrainer([
      ...['evaluate', ...FEW_EPOCHS, '--train', file('train.csv'), '--holdout', file('holdout.csv.gz')],
    ]);
    expect(stdout).toMatch(
      /^last-out: 24 users, seed 42, .*\npipeline = .*neuralCF [01]\.\d+; without NeuralCF the first 20 of \d+ % of the users would differ\n/,
    );
    expect(stdout).toMatch(/\npipeline +[01]\.\d{4} \[[01]\.\d{3}, [01]\.\d{3}\]/);
    expect(stdout).toContain('the pipeline without one of its parts');
    expect(stdout).toContain('the 16 users whose times are all known');
    for (const name of ['catalogueCoverage', 'novelty', 'intraListDiversity', 'popularityBias']) {
      expect(stdout).toContain(name);
    }
  });

  it.each([
    [['--train', 'train.csv'], 'BAD_USER_INPUT', 'give either --data, or both --train and --holdout'],
    [['--data', 'x', '--train', 'train.csv'], 'BAD_USER_INPUT', 'give either --data'],
    [['--train', 'absent.csv', '--holdout', 'holdout.csv.gz'], 'NOT_FOUND', 'there is no file'],
    [['--data', 'x', '--protocol', 'time', '--negatives', '9'], 'BAD_USER_INPUT', 'leave out --negatives'],
  ])('%j fails with %s', async (args, code, message) => {
    const inFolder = args.map((arg) => (arg.includes('.csv') ? file(arg) : arg));
    await expect(runTrainer(['evaluate', ...inFolder])).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['--bogus'],
    ['--seed', 'x'],
    ['--protocol', 'guess'],
    ['--user-vector', 'median'],
    ['--train', 'a.csv', '--holdout', 'b.csv', '--protocol', 'time'],
    ['--data', 'x', '--strict', '--allow-skipped'],
  ])('wrong usage such as %j is for the command line to refuse', async (...args) => {
    await expect(runTrainer(['evaluate', ...args])).rejects.toMatchObject({ name: 'CommanderError' });
  });

  it('takes a constant for a rating as implicit feedback, and refuses a single user', async () => {
    writeFileSync(file('implicit.csv'), toCsv(train.map((rating) => ({ ...rating, halfStars: 2 }))));
    const args = ['--holdout', file('holdout.csv.gz'), ...FEW_EPOCHS];
    const { stderr } = await runTrainer(['evaluate', '--train', file('implicit.csv'), ...args]);
    expect(stderr).toContain('every rating is 1: they are taken as implicit feedback');
    writeFileSync(file('one.csv'), toCsv(train.filter(({ userId }) => userId === 1)));
    await expect(runTrainer(['evaluate', '--train', file('one.csv'), ...args])).rejects.toThrow(
      'all ratings are by one user: tastes cannot be compared; give a larger training set',
    );
  });

  it('says which held-out user has no negatives', async () => {
    writeFileSync(file('few.csv'), 'userId,movieId\n1,10\n');
    const args = [
      '--train',
      file('train.csv'),
      '--holdout',
      file('holdout.csv.gz'),
      '--negatives',
      file('few.csv'),
    ];
    await expect(runTrainer(['evaluate', ...args])).rejects.toThrow(
      'the negatives have no movie for the held-out user 2',
    );
  });
});

describe('evaluate --data and split', () => {
  const source = join(folder, 'source');
  beforeAll(() => {
    mkdirSync(source);
    const movies = Array.from(
      { length: NUM_MOVIES },
      (_, i) => `${10 * (i + 1)},Film ${i + 1},${1980 + i},Drama`,
    );
    writeFileSync(join(source, 'movies.csv'), ['movieId,title,releaseYear,genres', ...movies, ''].join('\n'));
    writeFileSync(join(source, 'ratings.csv'), toCsv(tinyRatings()));
  });

  it.each(['last-out-sampled', 'user-75-25', 'time'])(
    'agree: %s measured from the source and from the files of its split',
    async (protocol) => {
      const out = join(folder, protocol);
      const isSampled = protocol === 'last-out-sampled';
      // Few enough for every user to have so many: as many are drawn on the inner split then.
      const negatives = isSampled ? ['--negatives', '15'] : [];
      const args = ['--data', source, '--protocol', protocol, '--seed', '5', ...negatives];
      const split = await runTrainer(['split', ...args, '--out', out, '--json']);
      const { files } = JSON.parse(split.stdout) as { files: { file: string; rows: number }[] };
      expect(files.length).toBe(isSampled ? 3 : 2);
      expect((files[0]?.rows ?? 0) + (files[1]?.rows ?? 0)).toBe(tinyRatings().length);
      expect(readFileSync(join(out, 'train.csv'), 'utf8')).toMatch(/^userId,movieId,rating,timestamp\n/);

      const direct = await evaluate(...args);
      const fromFiles = await evaluate(
        ...['--train', join(out, 'train.csv'), '--holdout', join(out, 'holdout.csv'), '--seed', '5'],
        ...(isSampled ? ['--negatives', join(out, 'negatives.csv')] : []),
      );
      expect({ ...fromFiles, seconds: 0 }).toEqual({ ...direct, seconds: 0 });
    },
    120_000,
  );

  it('says so when the source cannot be read', async () => {
    await expect(runTrainer(['evaluate', '--data', join(folder, 'absent')])).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('cannot be read'),
    });
  });
});
