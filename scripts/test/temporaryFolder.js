import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A run's own folder for whatever its tests write; Jest's workers take it over by the environment. */
export default function makeTemporaryFolder() {
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'pocketrocket-tests-'));
}

/** Removes that folder with all that tests and killed processes left in it. */
export function removeTemporaryFolder() {
  const folder = process.env['TMPDIR'] ?? '';
  if (/pocketrocket-tests-\w+$/.test(folder))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
