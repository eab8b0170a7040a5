import { partsOf, type UserHistories } from '@pocketrocket/engine';
import type { Frame } from '../tensors/frames.ts';
import { dtypeOf } from '../tensors/namedTensors.ts';
import type { Dtype, NamedTensors, TensorData } from '../tensors/namedTensors.ts';

/** Ratings of a frame: few enough that a process holds little twice, enough that frames cost nothing. */
const RATINGS_PER_FRAME = 2 ** 20;

/** Histories as frames of kind `rows`, whose memory they share. */
export function* rowFrames(histories: UserHistories): Generator<Frame> {
  for (const { userIndices, interactions } of partsOf(histories, RATINGS_PER_FRAME)) {
    const { userOffsets, itemIndices, ratings, timestamps } = interactions;
    const columns = { userIndex: userIndices, offsets: userOffsets, itemIndices, ratings, timestamps };
    const tensors = Object.entries(columns).map(
      ([name, data]) => [name, { shape: [data.length], data }] as const,
    );
    yield { header: { kind: 'rows' }, tensors: Object.fromEntries(tensors) };
  }
}

/**
 * The histories in a frame of kind `rows`.
 * @throws RangeError naming the column that is missing or of another type
 */
export function rowsIn({ tensors }: Frame, numItems: number): UserHistories {
  const userIndices = column(tensors, 'userIndex', ['<i4']) as Int32Array;
  const times = column(tensors, 'timestamps', ['<f8', '<i4']);
  return {
    userIndices,
    interactions: {
      numUsers: userIndices.length,
      numItems,
      userOffsets: column(tensors, 'offsets', ['<i4']) as Int32Array,
      itemIndices: column(tensors, 'itemIndices', ['<i4']) as Int32Array,
      ratings: column(tensors, 'ratings', ['<f4']) as Float32Array,
      timestamps: times instanceof Float64Array ? times : Float64Array.from(times),
    },
  };
}

function column(tensors: NamedTensors, name: string, types: readonly Dtype[]): TensorData {
  const tensor = tensors[name];
  if (!tensor) throw new RangeError(`rows without ${name}`);
  if (types.includes(dtypeOf(tensor.data))) return tensor.data;
  throw new RangeError(`rows: ${name} must be of type ${types.join(' or ')}, not ${dtypeOf(tensor.data)}`);
}
