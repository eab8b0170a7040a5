import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { groupByUser, historiesOf } from '@pocketrocket/engine';
import { descendantsOf, runningOf, until } from '@pocketrocket/testing';
import { runnableModule } from '../processes/runnableModule.ts';
import { rowFrames } from '../tasks/rows.ts';
import { frameParts } from '../tensors/frames.ts';
import { END, startOf } from '../test/tasks.ts';

/** EASE inverts a matrix of so many rows, for which this takes longer than the test waits. */
const SIZE = 6_000;
const STARTS_WITHIN_MS = 20_000;

/** A request of one rating a user, for a fit that reports no progress. */
function longFit(): Uint8Array {
  const each = Int32Array.from({ length: SIZE }, (_, index) => index);
  const interactions = groupByUser(
    {
      userIndices: each,
      itemIndices: each,
      ratings: new Float32Array(SIZE).fill(4),
      timestamps: new Float64Array(SIZE),
    },
    SIZE,
    SIZE,
  );
  const options = { l2: 20, numNeighbours: 10 };
  const settings = { name: 'ease', options, seed: 1, numUsers: SIZE, numItems: SIZE };
  const frames = [startOf(settings), ...rowFrames(historiesOf(interactions)), END];
  return Buffer.concat(frames.flatMap((frame) => [...frameParts(frame)]));
}

it(
  'ends in the middle of a fit when the process ends that asked for it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-task-'));
    const request = join(folder, 'request');
    writeFileSync(request, longFit());
    const { file, execArgv, env } = runnableModule('./spark/taskMain.ts');
    const command = [process.execPath, ...execArgv, file].map((part) => `'${part}'`).join(' ');
    // From a file, whose end is there at once: what ends a process that still reads is another matter.
    const parent = spawn('sh', ['-c', `${command} < '${request}' > /dev/null & wait`], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await once(parent, 'spawn');
    // Long enough to have read the request.
    await wait(3_000);
    const fits = (await descendantsOf(parent.pid ?? 0)).filter(({ args }) => args.includes('taskMain'));
    try {
      expect(fits).toHaveLength(1);
      parent.kill('SIGKILL');
      await until('the fit has ended', async () => (await runningOf(fits)).length === 0, 5_000);
    } finally {
      for (const { pid } of await runningOf(fits)) process.kill(pid, 'SIGKILL');
    }
  },
  STARTS_WITHIN_MS,
);
