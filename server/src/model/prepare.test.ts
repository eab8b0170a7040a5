import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readPlacements, writePlacements } from './placementFile.ts';

describe('kept places', () => {
  const placements = {
    key: 'key',
    movieIds: Int32Array.of(7),
    digests: BigUint64Array.of(5n),
    offsets: Int32Array.of(0, 1),
    items: Int32Array.of(2),
    weights: Float32Array.of(1),
  };

  it('are read as they were written, and not at all where the file was changed', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'places-')), 'cache', 'places.bin');
    expect(readPlacements(file)).toBeNull();
    writePlacements(file, placements);
    expect(readPlacements(file)).toEqual(placements);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = 1 + (bytes.at(-1) ?? 0);
    await writeFile(file, bytes);
    expect(readPlacements(file)).toBeNull();
  });
});
