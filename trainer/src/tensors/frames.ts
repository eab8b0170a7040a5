import {
  byteLengthOf,
  checkShape,
  dtypeOf,
  DTYPES,
  fromLittleEndian,
  toLittleEndian,
} from './namedTensors.ts';
import type { NamedTensor, NamedTensors } from './namedTensors.ts';
import { z } from 'zod';

/** Every tensor of a frame begins at a multiple of this from where the tensors begin. */
const ALIGNMENT = 8;
const LENGTH_BYTES = 4;
/** A longer header is none: what comes in are no frames. */
const MAX_HEADER_BYTES = 2 ** 24;

/** A message with tensors, as it goes through a pipe from process to process. */
export interface Frame {
  /** Plain JSON with a `kind`. */
  readonly header: { readonly kind: string } & Readonly<Record<string, unknown>>;
  readonly tensors: NamedTensors;
}

const headerSchema = z
  .object({
    kind: z.string(),
    tensors: z.array(
      z.object({
        name: z.string(),
        dtype: z.enum(DTYPES),
        shape: z.array(z.number().int().nonnegative()),
      }),
    ),
  })
  .loose();

type TensorPlace = z.infer<typeof headerSchema>['tensors'][number];

/**
 * A frame's bytes, in parts that go one behind the other: four bytes with the length of the header (little-endian), the header in JSON, the
 * tensors' little-endian bytes in its order, each filled up with zeros to a multiple of 8.
 *
 * The tensors' memory is not copied on a little-endian machine.
 * @throws RangeError for a tensor whose shape does not hold its numbers; TypeError for a typed array in the header
 */
export function frameParts({ header, tensors }: Frame): Uint8Array[] {
  const entries = Object.entries(tensors);
  for (const [name, tensor] of entries) checkShape(name, tensor);
  const places = entries.map(([name, { shape, data }]) => ({ name, dtype: dtypeOf(data), shape }));
  const text = Buffer.from(JSON.stringify({ ...header, tensors: places }, refuseArrays));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const numbers = entries.flatMap(([, { data }]) => {
    const padding = padded(data.byteLength) - data.byteLength;
    return [toLittleEndian(data), Buffer.alloc(padding)];
  });
  return [length, text, ...numbers].filter((part) => part.length > 0);
}

function refuseArrays(key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  throw new TypeError(`${key}: numbers go as a tensor of a frame, not in its header`);
}

/**
 * Reads frames one after another. The numbers of each have memory of their own, in which they were received.
 * @throws RangeError for what is no frame, or one that is cut off
 */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const bytes = new ByteReader(source);
  for (;;) {
    const start = await bytes.take(LENGTH_BYTES);
    if (start === null) return;
    const length = start.readUInt32LE();
    if (length > MAX_HEADER_BYTES) throw new RangeError(`a header of ${length} bytes: this is no frame`);
    const text = await bytes.take(length);
    if (text === null) throw new RangeError('a frame is cut off');
    const { tensors: places, ...header } = headerSchema.parse(JSON.parse(text.toString()));
    yield { header, tensors: await readTensors(bytes, places) };
  }
}

async function readTensors(bytes: ByteReader, places: readonly TensorPlace[]): Promise<NamedTensors> {
  const tensors: Record<string, NamedTensor> = {};
  for (const { name, dtype, shape } of places) {
    const length = byteLengthOf(dtype, shape);
    const area = await bytes.take(padded(length));
    if (area === null) throw new RangeError(`a frame is cut off before tensor ${name}`);
    const count = length / byteLengthOf(dtype, [1]);
    tensors[name] = { shape, data: fromLittleEndian(area.buffer, area.byteOffset, dtype, count) };
  }
  return tensors;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Takes a stream of chunks apart into pieces of given lengths. */
class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /**
   * The next bytes, in memory of their own; null where the stream has ended before the first.
   * @throws RangeError where it ends within them
   */
  async take(length: number): Promise<Buffer<ArrayBuffer> | null> {
    const taken = Buffer.from(new ArrayBuffer(length));
    let size = 0;
    while (size < length) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done) {
          if (size === 0) return null;
          throw new RangeError('a frame is cut off');
        }
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, length - size);
      taken.set(part, size);
      size += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }
}
