import { describe, expect, it } from '@jest/globals';
import type { EpochProgress, SequenceOptions } from '@pocketrocket/engine';
import { EarlyStops } from './earlyStops.ts';
import type { FitJob } from './fitter.ts';

const job = (name: FitJob['name'], data: string): FitJob => ({
  name,
  interactions: { sha256: data },
  options: { epochs: 50 } as SequenceOptions,
  seed: 1,
});
const HELD_OUT = { sha256: 'held out' };

/** Reports NDCG@10 after each second epoch. */
function runnerOf(ndcg: readonly number[]) {
  const jobs: FitJob[] = [];
  const run = async (one: FitJob, onEpoch?: (progress: EpochProgress) => void): Promise<FitJob> => {
    jobs.push(one);
    await Promise.resolve();
    ndcg.forEach((ndcgAt10, place) => {
      onEpoch?.({ epoch: 2 * place + 1, epochs: 50, loss: 1 });
      onEpoch?.({ epoch: 2 * place + 2, epochs: 50, loss: 1, ndcgAt10 });
    });
    return one;
  };
  return { jobs, run };
}

describe('fits that stop early', () => {
  it('take on other data as many epochs as found best what was held out', async () => {
    const stops = new EarlyStops(HELD_OUT);
    const { jobs, run } = runnerOf([0.1, 0.3, 0.2, 0.3]);
    await Promise.all([
      stops.run(job('sequence', 'inner'), true, run),
      stops.run(job('sequence', 'outer'), false, run),
      stops.run(job('sequence', 'everything'), false, run),
    ]);
    expect(stops.chosenEpochs).toEqual({ sequence: 4 });
    expect(jobs[0]).toEqual({ ...job('sequence', 'inner'), heldOut: HELD_OUT });
    expect(jobs.slice(1).map(({ options, heldOut }) => [options, heldOut])).toEqual([
      [{ epochs: 4 }, undefined],
      [{ epochs: 4 }, undefined],
    ]);
  });

  it('are fitted as the recipe says where nothing was held out', async () => {
    const stops = new EarlyStops(undefined);
    const { jobs, run } = runnerOf([]);
    await stops.run(job('sequence', 'outer'), false, run);
    expect(jobs).toEqual([job('sequence', 'outer')]);
    expect(stops.chosenEpochs).toEqual({});
  });

  it('are none of the models that do not heed what was held out', async () => {
    const stops = new EarlyStops(HELD_OUT);
    const { jobs, run } = runnerOf([]);
    await stops.run(job('item2vec', 'inner'), true, run);
    expect(jobs).toEqual([job('item2vec', 'inner')]);
  });

  it('fail on all data where the one on held-out items fails', async () => {
    const stops = new EarlyStops(HELD_OUT);
    const fails = () => Promise.reject(new Error('diverged'));
    const inner = stops.run(job('sequence', 'inner'), true, fails);
    const outer = stops.run(job('sequence', 'outer'), false, runnerOf([]).run);
    await expect(inner).rejects.toThrow('diverged');
    await expect(outer).rejects.toThrow('diverged');
  });
});
