import { expect, it } from '@jest/globals';
import { bytesOf, everyDtype } from '../test/tensors.ts';
import { fromNpy, toNpy } from './npy.ts';

it('writes magic, version, a header padded to 64 bytes, and little-endian values in C order', () => {
  const bytes = toNpy(Float32Array.of(1, -2, 0.5, 3, 4, 5), [2, 3]);
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const headerLength = bytes.readUInt16LE(8);
  expect((10 + headerLength) % 64).toBe(0);
  const header = bytes.toString('latin1', 10, 10 + headerLength);
  expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
  expect(bytes.length).toBe(10 + headerLength + 24);
  expect(bytes.readFloatLE(10 + headerLength + 4)).toBe(-2);
});

it('writes a vector of ids as a tuple of one', () => {
  const bytes = toNpy(Int32Array.of(7, 2 ** 31 - 1), [2]);
  expect(bytes.toString('latin1')).toContain("'descr': '<i4', 'fortran_order': False, 'shape': (2,), }");
  expect(bytes.readInt32LE(bytes.length - 4)).toBe(2 ** 31 - 1);
});

it('reads what it writes, wherever the bytes lie', () => {
  for (const [name, { data, shape }] of Object.entries(everyDtype())) {
    const file = toNpy(data, shape);
    for (const offset of [0, 1]) {
      const bytes = new Uint8Array(file.length + offset).subarray(offset);
      bytes.set(file);
      for (const given of [bytes, Buffer.from(bytes.buffer, offset)])
        expect(bytesOf({ [name]: fromNpy(given) })).toEqual(bytesOf({ [name]: { data, shape } }));
    }
  }
});

it.each([
  ['<f4', '<f2', 'numbers of type <f2'],
  [/False, (.*) \n/, 'True, $1  \n', "Fortran's order"],
  ['shape', 'shabe', 'not as numpy writes it'],
  ['(2,)', '(3,)', '8 bytes of numbers instead of 12'],
])('refuses %s as %s', (from, to, message) => {
  const text = toNpy(Float32Array.of(1, 2), [2]).toString('latin1').replace(from, to);
  expect(() => fromNpy(Uint8Array.from(Buffer.from(text, 'latin1')))).toThrow(message);
});
