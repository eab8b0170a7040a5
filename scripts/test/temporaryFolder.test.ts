import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import makeTemporaryFolder, { removeTemporaryFolder } from './temporaryFolder.js';

const ofThisRun = process.env['TMPDIR'];
afterEach(() => {
  process.env['TMPDIR'] = ofThisRun;
});

it('tests write into a folder that is their own', () => {
  expect(tmpdir()).toMatch(/pocketrocket-tests-\w+$/);
});

it('a run leaves nothing of its tests behind', () => {
  makeTemporaryFolder();
  const folder = tmpdir();
  writeFileSync(join(mkdtempSync(join(folder, 'home-')), 'file'), 'left');
  expect(folder).not.toBe(ofThisRun);
  removeTemporaryFolder();
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(ofThisRun ?? '')).toBe(true);
});

it('no other folder is ever removed', () => {
  const other = mkdtempSync(join(tmpdir(), 'home-'));
  process.env['TMPDIR'] = other;
  removeTemporaryFolder();
  expect(existsSync(other)).toBe(true);
});
