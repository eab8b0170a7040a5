import {
  byteLengthOf,
  checkShape,
  dtypeOf,
  DTYPES,
  fromLittleEndian,
  toLittleEndian,
} from './namedTensors.ts';
import type { Dtype, NamedTensor } from './namedTensors.ts';

const MAGIC = Buffer.from([0x93, ...Buffer.from('NUMPY', 'latin1'), 1, 0]);
const PREFIX_BYTES = MAGIC.length + 2;
const ALIGNMENT = 64;

/**
 * A tensor as numpy's `.npy`, format version 1.0, little-endian, C order.
 *
 * Source: numpy.lib.format's description of the format; the header is padded so that the data begin at a multiple of 64.
 * @returns the header and the numbers' bytes, which are not copied on a little-endian machine
 */
export function npyParts(tensor: NamedTensor): [header: Buffer, numbers: Buffer] {
  const { shape, data } = tensor;
  checkShape('of an .npy file', tensor);
  // A tuple of one needs its comma.
  const extents = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const description = `{'descr': '${dtypeOf(data)}', 'fortran_order': False, 'shape': (${extents}), }`;
  const padding = ALIGNMENT - 1 - ((PREFIX_BYTES + description.length) % ALIGNMENT);
  const text = Buffer.from(`${description}${' '.repeat(padding)}\n`, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return [Buffer.concat([MAGIC, length, text]), toLittleEndian(data)];
}

/** The same in one piece. */
export function toNpy(data: NamedTensor['data'], shape: readonly number[]): Buffer {
  return Buffer.concat(npyParts({ data, shape }));
}

const HEADER = /^\{'descr': '([^']+)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n$/;

/**
 * The tensor in the bytes of an `.npy` file of format version 1.0, whose memory becomes the tensor's.
 * @throws RangeError saying what is not as it must be: another version or type, Fortran's order, another length
 */
export function fromNpy(bytes: Uint8Array<ArrayBuffer>): NamedTensor & { dtype: Dtype } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new RangeError('no .npy file of version 1.0');
  const start = PREFIX_BYTES + file.readUInt16LE(MAGIC.length);
  const found = HEADER.exec(file.toString('latin1', PREFIX_BYTES, start));
  if (!found) throw new RangeError('the header of the .npy file is not as numpy writes it');
  const [, descr = '', order, extents = ''] = found;
  const dtype = DTYPES.find((known) => known === descr);
  if (!dtype) throw new RangeError(`numbers of type ${descr}: only ${DTYPES.join(', ')} are read`);
  if (order === 'True') throw new RangeError("Fortran's order: only C's is read");
  const shape = extents.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)]));
  const length = byteLengthOf(dtype, shape);
  if (file.length - start !== length) {
    throw new RangeError(`${file.length - start} bytes of numbers instead of ${length}`);
  }
  return { dtype, shape, data: numbersAt(bytes, start, dtype, length) };
}

/** The numbers in a file, which are copied where they do not begin at a multiple of their size. */
function numbersAt(bytes: Uint8Array<ArrayBuffer>, start: number, dtype: Dtype, length: number) {
  const size = byteLengthOf(dtype, [1]);
  const at = bytes.byteOffset + start;
  if (at % size === 0) return fromLittleEndian(bytes.buffer, at, dtype, length / size);
  // Not by `slice`, which copies nothing where the bytes are a Buffer.
  return fromLittleEndian(new Uint8Array(bytes.subarray(start)).buffer, 0, dtype, length / size);
}
