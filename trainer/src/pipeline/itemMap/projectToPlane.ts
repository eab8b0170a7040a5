import { setImmediate } from 'node:timers/promises';
import { seededRandom, topK } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/runtime';
import { UMAP } from 'umap-js';

/** UMAP's customary neighbourhood (McInnes et al. 2018). */
const NUM_NEIGHBOURS = 15;
/** Least distance of points in the map's units: films of one kind stay apart enough to be told from each other. */
const MIN_DISTANCE = 0.15;
/** UMAP's customary number for large data; more sharpen a map of thousands of points little. */
const NUM_EPOCHS = 200;
/** Epochs between two turns of the event loop, in which signals are noticed. */
const EPOCHS_PER_TURN = 5;

/**
 * Projects vectors to the plane so that neighbours by cosine stay neighbours: UMAP (McInnes, Healy & Melville 2018) on the
 * exact 15-nearest-neighbour graph. The same seed gives the same map.
 *
 * @param vectors [n × dim] row-major
 * @returns [n] places; null for fewer than four vectors, which have no neighbourhoods to keep
 */
export async function projectToPlane(
  vectors: Float32Array,
  dim: number,
  seed: number,
  deps: { progress: Progress; signal: AbortSignal },
): Promise<{ x: number; y: number }[] | null> {
  const numVectors = vectors.length / dim;
  if (numVectors < 4) return null;
  const numNeighbours = Math.min(NUM_NEIGHBOURS, numVectors - 1);
  const umap = new UMAP({
    nNeighbors: numNeighbours,
    minDist: MIN_DISTANCE,
    nEpochs: NUM_EPOCHS,
    random: seededRandom(seed),
  });
  const unit = normalised(vectors, dim);
  const rows = Array.from({ length: numVectors }, (_, row) => unit.subarray(row * dim, (row + 1) * dim));
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (const [row, vector] of rows.entries()) {
    // Itself first, as UMAP expects it: rounding may rank a twin before it.
    const others = topK(vector, unit, dim, numNeighbours, everythingBut(row, numVectors));
    indices.push([row, ...others.items].slice(0, numNeighbours));
    distances.push(
      [0, ...Array.from(others.scores, (cosine) => Math.max(0, 1 - cosine))].slice(0, numNeighbours),
    );
    if (row % 256 === 0) await yieldTo(deps.signal);
  }
  umap.setPrecomputedKNN(indices, distances);
  const numEpochs = umap.initializeFit(rows.map((row) => [...row]));
  const stage = deps.progress.stage('drawing the item map', numEpochs, 'epochs');
  for (let epoch = 1; epoch <= numEpochs; epoch++) {
    umap.step();
    stage.update(epoch);
    if (epoch % EPOCHS_PER_TURN === 0) await yieldTo(deps.signal);
  }
  stage.finish();
  return umap.getEmbedding().map(([x = 0, y = 0]) => ({ x, y }));
}

async function yieldTo(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

function everythingBut(row: number, numVectors: number): Uint8Array {
  const mask = new Uint8Array(numVectors).fill(1);
  mask[row] = 0;
  return mask;
}

/** Rows of length 1; an all-zero row stays. */
function normalised(vectors: Float32Array, dim: number): Float32Array {
  const unit = new Float32Array(vectors);
  for (let start = 0; start < unit.length; start += dim) {
    const row = unit.subarray(start, start + dim);
    const length = Math.hypot(...row);
    if (length > 0) row.forEach((value, d) => (row[d] = value / length));
  }
  return unit;
}
