/**
 * A two-dimensional or one-dimensional array as numpy's `.npy`, format version 1.0, little-endian, C order.
 *
 * Source: numpy.lib.format's description of the format; the header is padded so that the data begin at a multiple of 64.
 */
export function toNpy(data: Float32Array | Int32Array, shape: readonly number[]): Buffer {
  const type = data instanceof Float32Array ? '<f4' : '<i4';
  // A tuple of one needs its comma.
  const extents = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': (${extents}), }`;
  const prefixLength = 10;
  const padding = 63 - ((prefixLength + description.length) % 64);
  const header = Buffer.from(`${description}${' '.repeat(padding)}\n`, 'latin1');
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY', 'latin1'), 1, 0, 0, 0]);
  prefix.writeUInt16LE(header.length, 8);

  const body = Buffer.alloc(data.byteLength);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  data.forEach((value, index) => {
    if (type === '<f4') view.setFloat32(4 * index, value, true);
    else view.setInt32(4 * index, value, true);
  });
  return Buffer.concat([prefix, header, body]);
}
