/** The types of numbers that tensors have, by their names in numpy. */
const TYPES = {
  '<f4': Float32Array,
  '<i4': Int32Array,
  '<f8': Float64Array,
  '|u1': Uint8Array,
  '<u4': Uint32Array,
} as const;

export type Dtype = keyof typeof TYPES;
export type TensorData = Float32Array | Int32Array | Float64Array | Uint8Array | Uint32Array;

export const DTYPES = Object.keys(TYPES) as [Dtype, ...Dtype[]];

/** Numbers with their extents, row-major. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type NamedTensors = Readonly<Record<string, NamedTensor>>;

const NAMES: Readonly<Record<string, Dtype>> = {
  Float32Array: '<f4',
  Int32Array: '<i4',
  Float64Array: '<f8',
  Uint8Array: '|u1',
  Uint32Array: '<u4',
};

/**
 * The name of an array's type.
 * @throws RangeError for an array of another type
 */
export function dtypeOf(data: ArrayBufferView): Dtype {
  // By name: an array of another realm, as in test sandboxes, is no instance of this one's class.
  const name = (data as Uint8Array)[Symbol.toStringTag];
  const dtype = NAMES[name];
  if (dtype === undefined) throw new RangeError(`a ${String(name)} is no tensor`);
  return dtype;
}

/** The bytes of a tensor of a type and shape. */
export function byteLengthOf(dtype: Dtype, shape: readonly number[]): number {
  return sizeOf(shape) * TYPES[dtype].BYTES_PER_ELEMENT;
}

/** @throws RangeError for a tensor whose shape does not hold its numbers */
export function checkShape(name: string, { shape, data }: NamedTensor): void {
  if (sizeOf(shape) !== data.length) {
    throw new RangeError(`tensor ${name} of shape [${shape.join(', ')}] has ${data.length} numbers`);
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The numbers as little-endian bytes: the same memory on a little-endian machine, a copy on others. */
export function toLittleEndian(data: TensorData): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return HOST_IS_LITTLE_ENDIAN ? bytes : swapped(Buffer.from(bytes), data.BYTES_PER_ELEMENT);
}

/**
 * The numbers in little-endian bytes, which become theirs.
 * @param byteOffset a multiple of the numbers' size
 */
export function fromLittleEndian(
  buffer: ArrayBufferLike,
  byteOffset: number,
  dtype: Dtype,
  length: number,
): TensorData {
  const type = TYPES[dtype];
  if (!HOST_IS_LITTLE_ENDIAN) {
    swapped(Buffer.from(buffer, byteOffset, length * type.BYTES_PER_ELEMENT), type.BYTES_PER_ELEMENT);
  }
  return new type(buffer as ArrayBuffer, byteOffset, length);
}

function swapped(bytes: Buffer, size: number): Buffer {
  if (size === 4) return bytes.swap32();
  return size === 8 ? bytes.swap64() : bytes;
}
