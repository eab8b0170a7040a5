import { dtypeOf } from '../tensors/namedTensors.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';

interface Vectors {
  '<i4': Int32Array;
  '<f4': Float32Array;
  '<f8': Float64Array;
}

/**
 * The numbers of a tensor of one type.
 * @param length of them; any where left out
 * @throws RangeError where it is missing, or of another type or length
 */
export function vectorIn<Dtype extends keyof Vectors>(
  tensors: NamedTensors,
  name: string,
  dtype: Dtype,
  length?: number,
): Vectors[Dtype] {
  const tensor = tensors[name];
  if (!tensor) throw new RangeError(`tensor ${name}: missing`);
  if (dtypeOf(tensor.data) !== dtype) throw new RangeError(`tensor ${name}: must be of type ${dtype}`);
  if (length !== undefined && tensor.data.length !== length) {
    throw new RangeError(`tensor ${name}: ${tensor.data.length} numbers instead of ${length}`);
  }
  return tensor.data as Vectors[Dtype];
}
