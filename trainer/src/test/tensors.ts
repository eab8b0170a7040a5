import type { NamedTensors } from '../tensors/namedTensors.ts';

/** One tensor of each type, one of them empty, one a single number, and one a view of a larger buffer. */
export function everyDtype(): NamedTensors {
  return {
    floats: { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, NaN, 4, Infinity) },
    integers: { shape: [3], data: Int32Array.of(9, 7, 2 ** 31 - 1, -1).subarray(1) },
    doubles: { shape: [2], data: Float64Array.of(Math.PI, NaN) },
    bytes: { shape: [3], data: Uint8Array.of(0, 128, 255) },
    unsigned: { shape: [], data: Uint32Array.of(2 ** 32 - 1) },
    empty: { shape: [0, 4], data: new Float32Array(0) },
  };
}

/** Shapes and bytes by name, which compare across realms: a test sandbox's arrays and those of Node have other classes. */
export function bytesOf(tensors: NamedTensors): Record<string, { shape: number[]; hex: string }> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], hex: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex') },
    ]),
  );
}
