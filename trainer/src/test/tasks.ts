import { Readable } from 'node:stream';
import { groupByUser, seededRandom, type Interactions } from '@pocketrocket/engine';
import { serveTask } from '../spark/serveTask.ts';
import { frameParts } from '../tensors/frames.ts';
import type { Frame } from '../tensors/frames.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';

export const NUM_USERS = 60;
export const NUM_ITEMS = 40;

/** Users with histories of random lengths, a few without any; over three years, some of unknown time. */
export function randomInteractions(): Interactions {
  const random = seededRandom(7);
  const rows: [user: number, item: number, rating: number, time: number][] = [];
  for (let user = 0; user < NUM_USERS; user++) {
    if (user % 11 === 3) continue;
    const length = 2 + Math.floor(random() * 15);
    const items = new Set(Array.from({ length }, () => Math.floor(random() * NUM_ITEMS)));
    for (const item of items) {
      const time = random() < 0.1 ? NaN : 1.5e9 + Math.floor(random() * 1e8);
      rows.push([user, item, 0.5 + Math.floor(random() * 10) / 2, time]);
    }
  }
  return groupByUser(
    {
      userIndices: Int32Array.from(rows, ([user]) => user),
      itemIndices: Int32Array.from(rows, ([, item]) => item),
      ratings: Float32Array.from(rows, ([, , rating]) => rating),
      timestamps: Float64Array.from(rows, ([, , , time]) => time),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
}

export const startOf = (settings: object, tensors: NamedTensors = {}, task = 'fit'): Frame => ({
  header: { kind: 'start', task, settings },
  tensors,
});
export const END: Frame = { header: { kind: 'end' }, tensors: {} };

/** Asks for a task in frames that one stream carries, and reads all answers. */
export async function serve(frames: readonly Frame[]): Promise<Frame[]> {
  const answers: Frame[] = [];
  await serveTask(Readable.from(frames.flatMap(frameParts)), (frame) => answers.push(frame));
  return answers;
}
