import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { negativesOf, readGivenTask } from './readEvaluationTask.ts';

const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-task-'));
function write(name: string, lines: string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
}
const HEAD = 'userId,movieId,rating,timestamp';

describe('readGivenTask', () => {
  const train = write('train.csv', [HEAD, '5,10,4,1', '9,20,3,', '5,20,2,2']);
  const holdout = write('holdout.csv', [HEAD, '5,30,4,3', '9,10,4,4']);

  it('gives dense rows to everything the files name, negatives included', async () => {
    const negatives = write('negatives.csv', ['userId,movieId', '5,40', '9,30', '9,40', '77,10']);
    const task = await readGivenTask({ train, holdout, negatives, seed: 7 });
    expect([...task.ids.users.ids]).toEqual([5, 9]);
    expect([...task.ids.items.ids]).toEqual([10, 20, 30, 40]);
    expect([...task.train.itemIndices]).toEqual([0, 1, 1]);
    expect([...task.holdout.itemIndices]).toEqual([2, 0]);
    expect(task).toMatchObject({ protocol: 'last-out-sampled', shape: { kind: 'last-out' }, seed: 7 });
    if (task.negatives.kind !== 'given') throw new Error('negatives must be given');
    expect(task.negatives.byUser.get(1)).toEqual(Int32Array.of(2, 3));
  });

  it('ranks the whole catalogue without negatives and draws so many where they are a number', async () => {
    expect(await readGivenTask({ train, holdout, seed: 7 })).toMatchObject({
      protocol: 'last-out',
      negatives: { kind: 'none' },
    });
    expect(await readGivenTask({ train, holdout, negatives: '50', seed: 7 })).toMatchObject({
      protocol: 'last-out-sampled',
      negatives: { kind: 'sampled', count: 50 },
    });
  });

  it('refuses held-out rows that are among those to learn from, whatever their rating and time', async () => {
    const leaking = write('leaking.csv', [HEAD, '5,30,4,3', '9,20,1,99', '5,10,4,1']);
    await expect(readGivenTask({ train, holdout: leaking, seed: 1 })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(
        /^2 of 3 rows of .*leaking\.csv are in .*train\.csv too, such as user 9 and movie 20/,
      ),
    });
  });

  it('compares the counts of one person over both files', async () => {
    const plays = 'userId,movieId,plays';
    const task = await readGivenTask({
      train: write('plays.csv', [plays, '5,10,1', '5,11,2', '5,12,300', '9,10,7']),
      holdout: write('plays-held-out.csv', [plays, '5,13,5000', '5,14,40', '9,12,7']),
      seed: 7,
      reading: { scale: 'counts' },
    });
    expect([[...task.train.ratings], [...task.holdout.ratings]]).toEqual([
      [1, 2, 4, 3],
      [5, 3, 3],
    ]);
  });

  it('refuses an empty holdout', async () => {
    const empty = write('empty.csv', [HEAD]);
    await expect(readGivenTask({ train, holdout: empty, seed: 1 })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('has no ratings'),
    });
  });
});

describe('negativesOf', () => {
  it('draws 99 where nothing else is said, and none for the whole catalogue', () => {
    expect(negativesOf({ protocol: 'last-out-sampled' })).toEqual({ kind: 'sampled', count: 99 });
    expect(negativesOf({ protocol: 'last-out-sampled', negatives: '5' })).toEqual({
      kind: 'sampled',
      count: 5,
    });
    expect(negativesOf({ protocol: 'time' })).toEqual({ kind: 'none' });
  });

  it.each([
    { protocol: 'time', negatives: '5' },
    { protocol: 'last-out-sampled', negatives: 'n.csv' },
    { protocol: 'last-out-sampled', negatives: '0' },
  ] as const)('refuses %j', (request) => {
    expect(() => negativesOf(request)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});
