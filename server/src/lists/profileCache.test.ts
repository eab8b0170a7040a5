import { expect, it } from '@jest/globals';
import type { RatedMovie } from '@pocketrocket/model';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { ProfileCache } from './profileCache.ts';

const model = makeModel(makeFixture());
const rated: RatedMovie[] = [1, 7].map((movieId) => ({ movieId, rating: 4 }));

function countingReader() {
  const reader = { reads: 0, read: async () => (reader.reads++, { rated, dismissed: [] }) };
  return reader;
}

it('reads again when ratings or the model are others, and keeps no more than it may', async () => {
  const reader = countingReader();
  // Two profiles of two ratings fit, not three.
  const profiles = new ProfileCache(2 * 2_500);
  const first = await profiles.of(model, 1, 'a', reader.read);
  expect(await profiles.of(model, 1, 'a', reader.read)).toBe(first);
  expect(reader.reads).toBe(1);
  await profiles.of(model, 1, 'b', reader.read);
  await profiles.of({ ...model }, 1, 'b', reader.read);
  await profiles.of(model, 2, 'b', reader.read);
  expect(reader.reads).toBe(4);
  await profiles.of(model, 1, 'a', reader.read);
  expect(reader.reads).toBe(5);
});

it('keeps nothing where nothing may be kept', async () => {
  const reader = countingReader();
  const profiles = new ProfileCache(0);
  const first = await profiles.of(model, 1, 'a', reader.read);
  const again = await profiles.of(model, 1, 'a', reader.read);
  expect([...first.seen]).toEqual([1, 7]);
  expect(again).toEqual(first);
  expect(reader.reads).toBe(2);
});
