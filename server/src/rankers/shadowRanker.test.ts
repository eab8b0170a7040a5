import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AppError, createLogger } from '@pocketrocket/runtime';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { until } from '@pocketrocket/testing';
import type { CandidateRanker } from '@pocketrocket/model';
import { buildProfile } from '@pocketrocket/model';
import { withShadow, type ShadowOptions } from './shadowRanker.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const built = buildProfile(
  model,
  fixture.ratings
    .filter(({ userId }) => userId === 1)
    .map((rating) => ({ ...rating, rating: rating.halfStars / 2 })),
  1,
);
if (!built) throw new Error('this user has no history');
const profile = built;
const ITEMS = Int32Array.of(0, 1, 2, 3);

/** Scores every list alike, and counts. */
function rankerOf(
  answer: (call: number) => Promise<Float32Array | null>,
): CandidateRanker & { calls: number } {
  return {
    calls: 0,
    logits() {
      this.calls += 1;
      return answer(this.calls);
    },
  };
}

const first = () => rankerOf(async () => Float32Array.of(0, 1, 2, 3));

function open(ranker: CandidateRanker, shadow: CandidateRanker, options: Partial<ShadowOptions> = {}) {
  const stream = new PassThrough();
  const lines: Record<string, unknown>[] = [];
  stream.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n'))
      lines.push(JSON.parse(line) as Record<string, unknown>);
  });
  const logger = createLogger({ level: 'info', name: 'test', stream });
  const shadowed = withShadow(ranker, {
    name: 'second',
    ranker: shadow,
    sample: 1,
    random: () => 0.5,
    logger,
    afterMs: 10,
    ...options,
  });
  return { ask: () => shadowed.logits(model, profile, ITEMS), lines };
}

describe('a shadow ranker', () => {
  it('scores the same list afterwards; the log says how far the two agree', async () => {
    const shadow = rankerOf(async () => Float32Array.of(1, 0, 2, 3));
    const { ask, lines } = open(first(), shadow);
    expect(await ask()).toEqual(Float32Array.of(0, 1, 2, 3));
    expect(shadow.calls).toBe(0);
    await until('a comparison is logged', () => lines.length > 0);
    // Σd² = 2, so 1 − 12 / 60; and two of four probabilities differ by σ(1) − σ(0).
    expect(lines[0]).toMatchObject({
      event: 'shadow ranker compared',
      shadow: 'second',
      modelVersion: model.version,
      items: 4,
      rankCorrelation: 0.8,
      meanAbsoluteDifference: Number((0.5 * (1 / (1 + Math.exp(-1)) - 0.5)).toPrecision(6)),
    });
  });

  it('scores only the sampled share', async () => {
    const draws = [0.3, 0.2, 0.25, 0.1];
    const shadow = rankerOf(async () => Float32Array.of(0, 1, 2, 3));
    const { ask, lines } = open(first(), shadow, { sample: 0.25, random: () => draws.shift() ?? 1 });
    for (let list = 0; list < 6; list++) await ask();
    await until('two lines are logged', () => lines.length >= 2);
    await setTimeout(50);
    expect(shadow.calls).toBe(2);
  });

  it.each<[string, CandidateRanker, string]>([
    [
      'fails',
      rankerOf(() => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'it is down'))),
      'it is down',
    ],
    ['cannot score the user', rankerOf(async () => null), 'it cannot score this user'],
  ])('changes nothing when it %s, and the log says so', async (_, shadow, problem) => {
    const { ask, lines } = open(first(), shadow);
    expect(await ask()).toEqual(Float32Array.of(0, 1, 2, 3));
    await until('a comparison is logged', () => lines.length > 0);
    expect(lines[0]).toMatchObject({ failed: ['shadow'], shadowProblem: problem });
  });

  it('delays nothing when it does not answer, however many lists there are, and is asked about few', async () => {
    const shadow = rankerOf(() => new Promise(() => undefined));
    const { ask } = open(first(), shadow, { afterMs: 0 });
    for (let list = 0; list < 100; list++) expect(await ask()).toHaveLength(4);
    await until('the shadow was asked', () => shadow.calls > 0);
    expect(shadow.calls).toBeLessThanOrEqual(4);
  });

  it('leaves the ranker’s own failure as it is, and says who failed', async () => {
    const ranker = rankerOf(() => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'the first is down')));
    const { ask, lines } = open(ranker, first());
    await expect(ask()).rejects.toThrow('the first is down');
    await until('a comparison is logged', () => lines.length > 0);
    expect(lines[0]).toMatchObject({ failed: ['ranker'], rankerProblem: 'the first is down' });
  });
});
