import { expect, it } from '@jest/globals';
import { buildProfile } from '@pocketrocket/model';
import type { RatedMovie } from '@pocketrocket/model';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { bytesOfProfile } from './profileBytes.ts';
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

it('keeps the latest profile of each user: who rates much pushes nobody out', async () => {
  const reader = countingReader();
  const profiles = new ProfileCache(2 * 2_500);
  await profiles.of(model, 2, 'x', reader.read);
  for (const state of ['a', 'b', 'c']) await profiles.of(model, 1, state, reader.read);
  expect(profiles.has(model, 1, 'b')).toBe(false);
  expect(profiles.has(model, 1, 'c')).toBe(true);
  expect(profiles.has(model, 2, 'x')).toBe(true);
  expect(reader.reads).toBe(4);
  await profiles.of(model, 3, 'z', reader.read);
  expect([1, 2, 3].map((userId) => profiles.has(model, userId, 'cxz'.charAt(userId - 1)))).toEqual([
    true,
    false,
    true,
  ]);
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

it('counts what explanations keep of the sequence model', () => {
  const profile = buildProfile(model, rated, null);
  if (!profile) throw new Error('the model knows the rated movies');
  const without = { ...profile, user: { ...profile.user, sequence: null } };
  const sequence = { ...profile, user: { ...profile.user, sequence: new Float32Array(64) } };
  // The vector, and twelve shares of its length.
  expect(bytesOfProfile(sequence, 2) - bytesOfProfile(without, 2)).toBe(13 * 64 * 4);
});
