import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/runtime';
import { UMAP } from 'umap-js';
import { eachNearest, rowsOf, unitVectors, type UnitVectors } from './nearestRows.ts';

/** UMAP's customary neighbourhood (McInnes et al. 2018). */
const NUM_NEIGHBOURS = 15;
/** Least distance of points in the map's units: films of one kind stay apart enough to be told from each other. */
const MIN_DISTANCE = 0.15;
/** UMAP's customary number for large data; more sharpen a map of thousands of points little. */
const NUM_EPOCHS = 200;
/** Epochs between two turns of the event loop, in which signals are noticed. */
const EPOCHS_PER_TURN = 5;
/** Landmarks by which every other row is placed, and the difference of cosine at which one weighs 1/e of the nearest. */
const ANCHORS = 5;
const ANCHOR_WIDTH = 0.05;

export interface ProjectionOptions {
  seed: number;
  progress: Progress;
  signal: AbortSignal;
  /** Rows that UMAP places itself, at most: its time and memory grow with them. */
  maxLandmarks: number;
}

/** A place on the plane of each row, [n × 2] row-major. */
export type PlaneRows = Float32Array;

/**
 * Projects vectors to the plane so that neighbours by cosine stay neighbours: UMAP (McInnes, Healy & Melville 2018) on the
 * exact 15-nearest-neighbour graph of the rows that weigh most; every other row stands amid the five of them nearest to it. The same
 * seed gives the same map.
 *
 * @param vectors [n × dim] row-major
 * @param weights [n] The heaviest rows are placed by UMAP itself
 * @returns null for fewer than four vectors, which have no neighbourhoods to keep
 */
export async function projectToPlane(
  vectors: Float32Array,
  dim: number,
  weights: ArrayLike<number>,
  options: ProjectionOptions,
): Promise<PlaneRows | null> {
  const all = unitVectors(vectors, dim);
  if (all.numRows < 4) return null;
  const { maxLandmarks } = options;
  if (all.numRows <= maxLandmarks) return placeByUmap(all, options);
  const heaviest = Array.from({ length: all.numRows }, (_, row) => row).sort(
    (a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b,
  );
  const landmarks = Int32Array.from(heaviest.slice(0, maxLandmarks)).sort();
  const others = Int32Array.from(heaviest.slice(maxLandmarks)).sort();
  const known = rowsOf(all, landmarks);
  const placed = await placeByUmap(known, options);
  const places = new Float32Array(2 * all.numRows);
  landmarks.forEach((row, place) => places.set(placed.subarray(2 * place, 2 * place + 2), 2 * row));
  await eachNearest(rowsOf(all, others), known, {
    k: ANCHORS,
    own: false,
    signal: options.signal,
    onRow: (place, items, cosines) => places.set(amid(placed, items, cosines), 2 * (others[place] ?? 0)),
  });
  return places;
}

/** The mean of some places, the nearer in cosine the heavier. */
function amid(places: PlaneRows, items: Int32Array, cosines: Float32Array): [number, number] {
  let [x, y, sum] = [0, 0, 0];
  items.forEach((item, at) => {
    const weight = Math.exp(((cosines[at] ?? 0) - (cosines[0] ?? 0)) / ANCHOR_WIDTH);
    x += weight * (places[2 * item] ?? 0);
    y += weight * (places[2 * item + 1] ?? 0);
    sum += weight;
  });
  return [x / sum, y / sum];
}

async function placeByUmap(rows: UnitVectors, options: ProjectionOptions): Promise<PlaneRows> {
  const { seed, progress, signal } = options;
  const { numRows, vectors, dim } = rows;
  const numNeighbours = Math.min(NUM_NEIGHBOURS, numRows - 1);
  const umap = new UMAP({
    nNeighbors: numNeighbours,
    minDist: MIN_DISTANCE,
    nEpochs: NUM_EPOCHS,
    random: seededRandom(seed),
  });
  const indices: number[][] = [];
  const distances: number[][] = [];
  await eachNearest(rows, rows, {
    k: numNeighbours,
    own: true,
    signal,
    // Itself first, as UMAP expects it.
    onRow(row, items, cosines) {
      indices.push([row, ...items].slice(0, numNeighbours));
      distances.push(
        [0, ...Array.from(cosines, (cosine) => Math.max(0, 1 - cosine))].slice(0, numNeighbours),
      );
    },
  });
  umap.setPrecomputedKNN(indices, distances);
  const numEpochs = umap.initializeFit(
    Array.from({ length: numRows }, (_, row) => [...vectors.subarray(row * dim, (row + 1) * dim)]),
  );
  const stage = progress.stage('drawing the map of movies', numEpochs, 'epochs');
  for (let epoch = 1; epoch <= numEpochs; epoch++) {
    umap.step();
    stage.update(epoch);
    if (epoch % EPOCHS_PER_TURN > 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
  stage.finish();
  return Float32Array.from(umap.getEmbedding().flatMap(([x = 0, y = 0]) => [x, y]));
}
