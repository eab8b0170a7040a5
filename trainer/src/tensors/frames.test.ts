import { describe, expect, it } from '@jest/globals';
import { bytesOf, everyDtype } from '../test/tensors.ts';
import { frameParts, readFrames } from './frames.ts';
import type { Frame } from './frames.ts';

const bytesOfFrames = (frames: readonly Frame[]): Buffer => Buffer.concat(frames.flatMap(frameParts));

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 7): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of readFrames(inChunks(bytes, size))) frames.push(frame);
  return frames;
}

const FRAMES: Frame[] = [
  { header: { kind: 'start', task: 'fit', settings: { seed: 1 } }, tensors: everyDtype() },
  { header: { kind: 'end' }, tensors: {} },
];

describe('frames', () => {
  it('come out as they went in, whatever the chunks', async () => {
    const bytes = bytesOfFrames(FRAMES);
    for (const size of [1, 7, 4096]) {
      const frames = await read(bytes, size);
      expect(frames.map(({ header }) => header)).toEqual(FRAMES.map(({ header }) => header));
      expect(frames.map(({ tensors }) => bytesOf(tensors))).toEqual(
        FRAMES.map(({ tensors }) => bytesOf(tensors)),
      );
    }
  });

  it('lie as other languages read them: length, JSON, tensors at multiples of 8', () => {
    const bytes = bytesOfFrames([
      {
        header: { kind: 'rows' },
        tensors: {
          a: { shape: [1], data: Float32Array.of(1) },
          b: { shape: [1], data: Float64Array.of(-2) },
        },
      },
    ]);
    const length = bytes.readUInt32LE(0);
    expect(JSON.parse(bytes.toString('utf8', 4, 4 + length))).toEqual({
      kind: 'rows',
      tensors: [
        { name: 'a', dtype: '<f4', shape: [1] },
        { name: 'b', dtype: '<f8', shape: [1] },
      ],
    });
    expect(bytes.readFloatLE(4 + length)).toBe(1);
    expect(bytes.readDoubleLE(4 + length + 8)).toBe(-2);
    expect(bytes.length).toBe(4 + length + 16);
  });

  it('cut off anywhere are refused', async () => {
    const bytes = bytesOfFrames(FRAMES.slice(0, 1));
    for (const end of [2, 6, 100, bytes.length - 1]) {
      await expect(read(bytes.subarray(0, end))).rejects.toThrow('cut off');
    }
    await expect(read(Buffer.from('GET / HTTP/1.1\r\n'))).rejects.toThrow('this is no frame');
  });

  it('refuse numbers in the header, where JSON would make an object of them', () => {
    const frame = { header: { kind: 'start', settings: { weights: Float32Array.of(1) } }, tensors: {} };
    expect(() => frameParts(frame)).toThrow('weights: numbers go as a tensor');
  });
});
