import { createHash } from 'node:crypto';
import { ITEM_IDS, ITEM_VECTORS, USER_IDS, type Artifact, type Tensor } from '../../artifact/manifest.ts';
import { toLittleEndian } from '../../artifact/store.ts';

/** Whole numbers that look random, the same for the same seed; source: Numerical Recipes' linear congruential generator. */
function numbers(size: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** An artifact with item vectors of skewed norms, as a trainer would write it; `extra` floats make it as large as wanted. */
export function makeArtifact(version: number, { items = 300, dim = 8, extra = 0 } = {}): Artifact {
  const vectors = numbers(items * dim, version).map((value, index) => value * (1 + (index % 97) / 10));
  const tensors: Record<string, Tensor> = {
    [ITEM_VECTORS]: { shape: [items, dim], data: vectors },
    extra: { shape: [extra], data: numbers(extra, 5) },
    [ITEM_IDS]: { shape: [items], data: Int32Array.from({ length: items }, (_, row) => 10 * (row + 1)) },
    [USER_IDS]: { shape: [2], data: Int32Array.of(1, 2) },
  };
  const specs = Object.entries(tensors).map(([name, { shape, data }]) => {
    const bytes = toLittleEndian(data);
    const dtype = data instanceof Float32Array ? ('float32' as const) : ('int32' as const);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return [name, { file: `${name}.${dtype}`, dtype, shape, bytes: bytes.byteLength, sha256 }] as const;
  });
  return {
    manifest: {
      format: 1,
      version,
      createdAt: '2026-01-02T03:04:05.000Z',
      recipe: 'quick',
      seed: 1,
      dataset: { name: 'tiny', identity: 'sha256:tiny', synthetic: true },
      counts: { users: 2, items, interactions: 9 },
      algorithms: {},
      serving: { numCandidates: 500 },
      evaluation: { protocol: 'none', seed: 1, users: 0, models: {} },
      tensors: Object.fromEntries(specs),
    },
    tensors,
  };
}
