import { createHash, hash } from 'node:crypto';
import { mixFromContent, type ItemContent, type ItemMixture } from '@pocketrocket/engine';
import type { MovieContent } from './newMovies.ts';

/** The places of movies that a model was not trained on, with what each was found by; arrays alone, so that it can be kept. */
export interface Placements {
  /** Digest of all that places depend on but the new movies themselves. */
  readonly key: string;
  /** [movies] */
  readonly movieIds: Int32Array;
  /** [movies] Digest of each movie's content. */
  readonly digests: BigUint64Array;
  /** [movies + 1] */
  readonly offsets: Int32Array;
  /** Rows of the model that movie m is made of, from offsets[m] on; none where it resembles nothing. */
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

/** Raised with every change of how places are found, so that kept ones are found anew. */
const FORMAT = 1;

/** The movies that places are found among. */
export interface KnownMovies {
  /** Of the model, such as its version and time. */
  readonly identity: string;
  /** [known] */
  readonly contents: readonly ItemContent[];
  /** [known] interactions of each. */
  readonly counts: ArrayLike<number>;
}

/**
 * Places movies in a model by their content. Those that are in `before` with the same content among the same known movies keep
 * their places; only the others are looked at.
 */
export function placeMovies(
  known: KnownMovies,
  added: readonly MovieContent[],
  before: Placements | null,
): { placements: Placements; numPlaced: number } {
  const key = keyOf(known);
  const digests = BigUint64Array.from(added, digestOf);
  const kept = before?.key === key ? before : null;
  const placeBefore = new Map(Array.from(kept?.movieIds ?? [], (movieId, place) => [movieId, place]));
  const mixtures = added.map(({ movieId }, index): ItemMixture | null | undefined => {
    const place = placeBefore.get(movieId);
    if (!kept || place === undefined || kept.digests[place] !== digests[index]) return undefined;
    return mixtureAt(kept, place);
  });
  const fresh = added.filter((_, index) => mixtures[index] === undefined);
  const found = fresh.length > 0 ? mixFromContent(known.contents, known.counts, fresh) : [];
  let next = 0;
  const all = mixtures.map((mixture) => (mixture === undefined ? (found[next++] ?? null) : mixture));
  const movieIds = Int32Array.from(added, ({ movieId }) => movieId);
  return { placements: { key, movieIds, digests, ...packed(all) }, numPlaced: fresh.length };
}

/** The mixture of a place; null where the movie resembles nothing. */
export function mixtureAt({ offsets, items, weights }: Placements, place: number): ItemMixture | null {
  const start = offsets[place] ?? 0;
  const end = offsets[place + 1] ?? 0;
  return start === end ? null : { items: items.subarray(start, end), weights: weights.subarray(start, end) };
}

function packed(
  mixtures: readonly (ItemMixture | null)[],
): Pick<Placements, 'offsets' | 'items' | 'weights'> {
  const offsets = new Int32Array(mixtures.length + 1);
  mixtures.forEach(
    (mixture, index) => (offsets[index + 1] = (offsets[index] ?? 0) + (mixture?.items.length ?? 0)),
  );
  const size = offsets[mixtures.length] ?? 0;
  const all = { offsets, items: new Int32Array(size), weights: new Float32Array(size) };
  mixtures.forEach((mixture, index) => {
    if (!mixture) return;
    all.items.set(mixture.items, offsets[index]);
    all.weights.set(mixture.weights, offsets[index]);
  });
  return all;
}

function keyOf({ identity, contents, counts }: KnownMovies): string {
  const sum = createHash('sha256').update(JSON.stringify([FORMAT, identity, contents.length]));
  for (const content of contents) sum.update(textOf(content));
  return sum.update(Float64Array.from(counts)).digest('base64url');
}

function digestOf(movie: MovieContent): bigint {
  return BigInt(`0x${hash('sha256', textOf(movie)).slice(0, 16)}`);
}

function textOf({ title, releaseYear, genres }: ItemContent): string {
  return `${JSON.stringify([title, releaseYear, genres])}\n`;
}
