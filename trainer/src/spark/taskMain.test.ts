import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { groupByUser, historiesOf } from '@pocketrocket/engine';
import { descendantsOf, runningOf, until, type FoundProcess } from '@pocketrocket/testing';
import { runnableModule } from '../processes/runnableModule.ts';
import { rowFrames } from '../tasks/rows.ts';
import { frameParts } from '../tensors/frames.ts';
import { END, startOf } from '../test/tasks.ts';

/** EASE inverts a matrix of so many rows, for which this takes longer than the test waits. */
const SIZE = 6_000;
/** A process starts, however busy the machine is. */
const STARTS_WITHIN_MS = 60_000;

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

/** The bytes that a process has read of the file that is its stdin; 0 where it has ended. */
function numRead({ pid }: FoundProcess): number {
  try {
    return Number(/^pos:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/0`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

it('ends in the middle of a fit when the process ends that asked for it', async () => {
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
  const { size } = statSync(request);
  let fits: FoundProcess[] = [];
  try {
    await until(
      'the request is read',
      async () => {
        const started = await descendantsOf(parent.pid ?? 0);
        fits = started.filter(({ args }) => args.startsWith(process.execPath) && args.includes('taskMain'));
        return fits.some((fit) => numRead(fit) === size);
      },
      STARTS_WITHIN_MS,
    );
    expect(fits).toHaveLength(1);
    parent.kill('SIGKILL');
    await until('the fit has ended', async () => (await runningOf(fits)).length === 0, 5_000);
  } finally {
    for (const { pid } of await runningOf(fits)) process.kill(pid, 'SIGKILL');
  }
});
