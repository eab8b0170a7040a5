import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isTracing } from '@pocketrocket/runtime';
import { openTraceCollector, type TraceCollector } from '@pocketrocket/testing';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase } from './test/tinyData.ts';

const TRAIN = ['train', '--item2vec-epochs', '2', '--neural-cf-epochs', '1'];

let collector: TraceCollector;
let home: string;
beforeAll(async () => {
  collector = await openTraceCollector();
  home = await mkdtemp(join(tmpdir(), 'pocketrocket-trainer-traces-'));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
});
afterAll(async () => {
  await collector.close();
  await rm(home, { recursive: true });
});

const env = () => ({ POCKETROCKET_HOME: home, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });

describe('the trace of a training', () => {
  it('has a span for each stage and each fit, and says what came of it', async () => {
    await runTrainer([...TRAIN, '--force'], env());
    const spans = collector.spans();
    const [root] = spans.filter(({ parentSpanId }) => parentSpanId === '');
    expect(root).toMatchObject({
      name: 'train',
      isFailed: false,
      facts: { 'pocketrocket.version': 1, 'pocketrocket.published': true },
    });
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    const stages = spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId).map(({ name }) => name);
    expect(stages).toEqual([
      'readInputs',
      'splitRatings',
      'fitSplits',
      'chooseWeights',
      'measureModels',
      'passGate',
      'assembleModel',
      'mapItems',
      'publishModel',
      'writeReport',
    ]);
    const ofFits = spans.find(({ name }) => name === 'fitSplits')?.spanId;
    const fits = spans.filter(({ parentSpanId }) => parentSpanId === ofFits).map(({ name }) => name);
    expect(fits).toEqual(expect.arrayContaining(['fit item2vec', 'fit matrixFactorization']));
    // Nothing records once it has ended.
    expect(isTracing()).toBe(false);
  }, 120_000);

  it('tells where a training failed', async () => {
    const broken = { ...env(), DATABASE_URL: `sqlite:${join(home, 'nothing.sqlite')}` };
    const before = collector.spans().length;
    await expect(runTrainer(TRAIN, broken)).rejects.toThrow();
    const spans = collector.spans().slice(before);
    expect(spans.map(({ name, isFailed }) => [name, isFailed])).toContainEqual(['train', true]);
  }, 60_000);
});
