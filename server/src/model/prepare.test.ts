import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Catalogue } from '../catalogue/catalogue.ts';
import { TitleSearch } from '../catalogue/titleSearch.ts';
import { contentOf } from './modelOfCatalogue.ts';
import { packContents, unpackContents } from './packedContents.ts';
import { readPlacements, writePlacements } from './placementFile.ts';

describe('packed contents', () => {
  it('are those of the catalogue', async () => {
    const movies = Array.from({ length: 4_500 }, (_, place) => ({
      movieId: 3 * place + 1,
      title: place % 7 === 0 ? '' : `Film ${place} – 千と千尋`,
      releaseYear: place % 5 === 0 ? null : 1900 + (place % 120),
      ratingCount: 0,
      halfStarSum: 0,
      genreIds: Array.from({ length: place % 4 }, (_, genre) => genre + 1),
    }));
    const search = await TitleSearch.of([]);
    const catalogue = new Catalogue({ dataset: null, genres: [], movies, search });
    expect(unpackContents(structuredClone(await packContents(catalogue)))).toEqual(movies.map(contentOf));
  });
});

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
