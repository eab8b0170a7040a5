import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupByUser } from '@pocketrocket/engine';
import { versionDir, writeVersionFile } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { createProgress } from '@pocketrocket/runtime';
import { readRatings } from '../data/database.ts';
import { idMapsOf, toInteractionRows } from '../data/ratingTable.ts';
import { runTrainer } from '../test/runTrainer.ts';
import { createTinyDatabase, NUM_USERS, tinyRatings } from '../test/tinyData.ts';
import { ablationRows, readRunReport, tellingGenre, writeRunReport } from './runReport.ts';
import { distributionOf } from './datasetFacts.ts';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { runRatingsOf } from '../pipeline/ratings/runRatingsInMemory.ts';
import { recordLosses } from '../pipeline/fitting/recordLosses.ts';

const progress = createProgress(process.stderr, 'none');
const { signal } = new AbortController();

it('counts in bins of powers of two, and none of nothing', () => {
  expect(distributionOf([])).toBeNull();
  expect(distributionOf([9, 2, 3, 8])).toEqual({
    min: 2,
    median: 5.5,
    mean: 5.5,
    max: 9,
    bins: [
      { from: 2, to: 3, count: 2 },
      { from: 4, to: 7, count: 0 },
      { from: 8, to: 15, count: 2 },
    ],
  });
});

it('names a movie by the rarest of its common genres', () => {
  const movies = [['Comedy'], ['Comedy'], ['Animation', 'Comedy']].map((genres) => ({
    title: '',
    releaseYear: null,
    genres,
  }));
  const genreOf = tellingGenre(movies);
  expect(genreOf(['Comedy', 'Animation'])).toBe('Animation');
  expect(genreOf(['Comedy'])).toBe('Comedy');
  expect(genreOf([])).toBe('other');
});

it('tells what is lost without a part', () => {
  const measures = (mean: number) => ({
    accuracy: { ndcgAt10: { mean, low: mean, high: mean } },
    beyondAccuracy: null,
  });
  expect(ablationRows(measures(0.5), { ease: measures(0.25) })).toEqual([
    { part: 'ease', change: { ndcgAt10: -0.25 } },
  ]);
});

it('remembers the losses of fits and passes them on', async () => {
  const interactions = groupByUser(toInteractionRows(await noRatings(), idMapsOf([])), 0, 0);
  const recording = recordLosses((_job, _data, onEpoch) => {
    onEpoch({ epoch: 1, epochs: 1, loss: 0.5 });
    return Promise.reject(new Error('ended'));
  });
  const seen: number[] = [];
  const data = new FitData();
  const handle = data.addInteractions(interactions);
  const job = { name: 'transitions' as const, interactions: handle, options: {} as never, seed: 1 };
  await expect(recording.fit(job, data, ({ loss }) => seen.push(loss), signal)).rejects.toThrow('ended');
  expect(seen).toEqual([0.5]);
  expect(recording.curves(({ sha256 }) => (sha256 === handle.sha256 ? 'split' : 'other'))).toEqual([
    { model: 'transitions', data: 'split', points: [{ epoch: 1, loss: 0.5 }] },
  ]);
});

const noRatings = async () => ({
  userIds: new Int32Array(0),
  movieIds: new Int32Array(0),
  ratings: new Float32Array(0),
  timestamps: new Float64Array(0),
});

describe('a run’s report', () => {
  it('is written beside the model, read again, and made again by the command', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-report-'));
    const url = `sqlite:${join(home, 'pocketrocket.sqlite')}`;
    const modelDir = join(home, 'models');
    await createTinyDatabase(url);
    await writeVersionFile(modelDir, 1, { path: 'assets.extra/other', bytes: Buffer.from('x') });
    const database = await openDatabase({ url });
    const ratings = runRatingsOf(await readRatings(database, progress));
    const { ids, everything } = ratings;
    const popularity = Float32Array.from(everything.itemCounts);
    const page = await writeRunReport(
      {
        version: 1,
        manifest: {
          createdAt: '2024-05-01T12:00:00.000Z',
          recipe: 'quick',
          seed: 3,
          dataset: { name: 'tiny', identity: 'sha256:tiny', synthetic: true },
          algorithms: {},
          serving: {},
        },
        ratings,
        evaluation: null,
        gate: null,
        weights: {},
        ablation: [],
        choices: [],
        lossCurves: [],
        itemVectors: {
          dim: 2,
          vectors: Float32Array.from({ length: 2 * ids.items.size }, (_, i) => Math.sin(i)),
        },
        itemMap: Float32Array.from({ length: 2 * ids.items.size }, (_, i) => Math.cos(i)),
        popularity,
        recommend: () => ({ items: Int32Array.of(1, 0), scores: Float32Array.of(0.75, 0.5) }),
        nextShares: () => Float32Array.of(0.25),
      },
      modelDir,
      { database, progress, signal },
    );
    await database.close();
    const report = await readRunReport(modelDir, 1);
    expect(report.dataset).toMatchObject({
      users: NUM_USERS,
      ratings: tinyRatings().length,
      ratingsWithoutTime: tinyRatings().filter(({ ratedAtSeconds }) => ratedAtSeconds === null).length,
    });
    expect(report.servedLists.models['pipeline']).toMatchObject({ catalogueCoverage: 2 / ids.items.size });
    expect(report.itemMap?.points).toHaveLength(ids.items.size);
    const [example] = report.exampleUsers;
    const newest = tinyRatings()
      .filter(({ userId }) => userId === example?.userId)
      .at(-1);
    expect(example?.history[0]).toMatchObject({
      title: `Film ${(newest?.movieId ?? 0) / 10} (${1979 + (newest?.movieId ?? 0) / 10})`,
      stars: (newest?.halfStars ?? 0) / 2,
    });
    const figures = example?.history.map(({ adds }) => adds) ?? [];
    expect(figures.length).toBeGreaterThan(1);
    expect(figures).toEqual([0.25, ...Array.from({ length: figures.length - 1 }, () => undefined)]);
    expect(example?.recommended.map(({ score }) => score)).toEqual([0.75, 0.5]);

    const out = join(home, 'again', 'report.html');
    const { stdout } = await runTrainer(['report', '--model-version', '1', '--out', out, '--json'], {
      POCKETROCKET_HOME: home,
    });
    expect(JSON.parse(stdout)).toEqual({ version: 1, file: out });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(page, 'utf8'));
  });

  it('says what to do where there is none', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-report-'));
    const env = { POCKETROCKET_HOME: home };
    const modelDir = join(home, 'models');
    await expect(runTrainer(['report'], env)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('npm run trainer -- train'),
    });
    await writeVersionFile(modelDir, 1, { path: 'assets.extra/other', bytes: Buffer.from('x') });
    await expect(readRunReport(modelDir, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(readRunReport(modelDir, 2)).rejects.toThrow('there are 1');
    writeFileSync(join(versionDir(modelDir, 1), 'assets.extra', 'report.json'), '{"format":');
    await expect(readRunReport(modelDir, 1)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  });
});
