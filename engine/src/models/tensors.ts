/** An array with its shape, row-major. */
export interface Tensor {
  shape: number[];
  data: Float32Array | Int32Array;
}

export type Tensors = Readonly<Record<string, Readonly<Tensor>>>;

/**
 * Rows and columns of a matrix.
 * @throws RangeError when the tensor is missing or has not two dimensions.
 */
export function matrixShape(tensors: Tensors, name: string): [number, number] {
  const [rows, columns, ...more] = tensorOf(tensors, name).shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new RangeError(`tensor ${name}: must have two dimensions`);
  }
  return [rows, columns];
}

/**
 * The length of a vector.
 * @throws RangeError when the tensor is missing or has not one dimension.
 */
export function vectorLength(tensors: Tensors, name: string): number {
  const [length, ...more] = tensorOf(tensors, name).shape;
  if (length === undefined || more.length > 0) {
    throw new RangeError(`tensor ${name}: must have one dimension`);
  }
  return length;
}

/**
 * The numbers of a float32 tensor, shared, not copied.
 * @throws RangeError when it is missing or has another shape or type.
 */
export function floats(tensors: Tensors, name: string, shape: readonly number[]): Float32Array {
  const { data } = shaped(tensors, name, shape);
  if (!(data instanceof Float32Array)) throw new RangeError(`tensor ${name}: must hold float32`);
  return data;
}

/**
 * The numbers of an int32 tensor, shared, not copied.
 * @throws RangeError when it is missing or has another shape or type.
 */
export function integers(tensors: Tensors, name: string, shape: readonly number[]): Int32Array {
  const { data } = shaped(tensors, name, shape);
  if (!(data instanceof Int32Array)) throw new RangeError(`tensor ${name}: must hold int32`);
  return data;
}

function shaped(tensors: Tensors, name: string, shape: readonly number[]): Readonly<Tensor> {
  const tensor = tensorOf(tensors, name);
  const size = shape.reduce((product, length) => product * length, 1);
  if (tensor.shape.join() !== shape.join() || tensor.data.length !== size) {
    throw new RangeError(
      `tensor ${name}: ${tensor.data.length} numbers of shape ${tensor.shape.join(' × ')} instead of ${shape.join(' × ')}`,
    );
  }
  return tensor;
}

function tensorOf(tensors: Tensors, name: string): Readonly<Tensor> {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`tensor ${name}: missing`);
  return tensor;
}
