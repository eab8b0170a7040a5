import { expect, it } from '@jest/globals';
import type { TrainingProgress } from '@pocketrocket/model/artifact';
import { until } from '@pocketrocket/testing';
import { HeardTraining } from './heardTraining.ts';

const PROGRESS: TrainingProgress = {
  pid: 1,
  stage: 'ease',
  done: 1,
  total: 2,
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:01.000Z',
};

function heard(livesMs: number) {
  let tell: (progress: TrainingProgress | null) => void = () => undefined;
  const training = new HeardTraining(livesMs);
  void training.listen({
    async onTold(listener) {
      tell = listener;
    },
  });
  return { training, tell: (progress: TrainingProgress | null) => tell(progress) };
}

it('holds what was told last, and says that something was', () => {
  const { training, tell } = heard(60_000);
  let times = 0;
  const end = training.onTold(() => times++);
  expect(training.current()).toBeNull();
  tell(PROGRESS);
  expect([training.current(), times]).toEqual([PROGRESS, 1]);
  tell(null);
  expect([training.current(), times]).toEqual([null, 2]);
  end();
  tell(PROGRESS);
  expect(times).toBe(2);
});

it('forgets a trainer that went without a word', async () => {
  const { training, tell } = heard(50);
  tell(PROGRESS);
  await until('it is forgotten', () => training.current() === null);
});
