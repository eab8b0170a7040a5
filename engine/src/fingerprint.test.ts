import { expect, it } from '@jest/globals';
import { engineFingerprint } from './fingerprint.ts';

it('is one SHA-256, the same whenever it is asked', () => {
  expect(engineFingerprint()).toMatch(/^[0-9a-f]{64}$/);
  expect(engineFingerprint()).toBe(engineFingerprint());
});
