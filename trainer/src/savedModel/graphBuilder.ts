import { toLittleEndian } from '@pocketrocket/model/artifact';
import {
  DataType,
  type AttrValue,
  type NodeDef,
  type TensorInfo,
  type TensorShape,
} from '@pocketrocket/model/savedModel';

/** The reference of a node's input: another node's name, with `:k` for an output other than the first. */
export type Output = string;

const INT32: AttrValue = { type: DataType.INT32 };
const FLOAT: AttrValue = { type: DataType.FLOAT };

/** Collects the nodes of a TensorFlow graph. Each method adds one node and returns its output; shapes are row-major. */
export class GraphBuilder {
  readonly nodes: NodeDef[] = [];

  /** An input of the graph; extents of −1 are free. */
  placeholder(name: string, dtype: DataType, shape: readonly number[]): Output {
    return this.add('Placeholder', name, [], { dtype: { type: dtype }, shape: { shape: shapeOf(shape) } });
  }

  /** Numbers that are part of the graph; on a little-endian machine they are shared, not copied. */
  constant(name: string, data: Float32Array | Int32Array, shape: readonly number[]): Output {
    const dtype = data[Symbol.toStringTag] === 'Float32Array' ? DataType.FLOAT : DataType.INT32;
    const tensor = { dtype, tensorShape: shapeOf(shape), tensorContent: toLittleEndian(data) };
    return this.add('Const', name, [], { dtype: { type: dtype }, value: { tensor } });
  }

  /** One int32 as a scalar, several as a vector. */
  integers(name: string, ...values: number[]): Output {
    return this.constant(name, Int32Array.from(values), values.length === 1 ? [] : [values.length]);
  }

  reshapeInt32(name: string, value: Output, shape: Output): Output {
    return this.add('Reshape', name, [value, shape], { T: INT32, Tshape: INT32 });
  }

  /**
   * The first place in each row at which a value could be inserted with the row still sorted.
   * @param rows int32 [r, n], ascending
   * @param values int32 [r, m]
   * @returns int32 [r, m], 0 … n
   */
  lowerBound(name: string, rows: Output, values: Output): Output {
    return this.add('LowerBound', name, [rows, values], { T: INT32, out_type: INT32 });
  }

  minimumInt32(name: string, a: Output, b: Output): Output {
    return this.add('Minimum', name, [a, b], { T: INT32 });
  }

  equalInt32(name: string, a: Output, b: Output): Output {
    return this.add('Equal', name, [a, b], { T: INT32 });
  }

  expandBool(name: string, value: Output, axis: Output): Output {
    return this.add('ExpandDims', name, [value, axis], { T: { type: DataType.BOOL }, Tdim: INT32 });
  }

  gather(name: string, dtype: DataType, table: Output, rows: Output, axis: Output): Output {
    return this.add('GatherV2', name, [table, rows, axis], {
      Tparams: { type: dtype },
      Tindices: INT32,
      Taxis: INT32,
    });
  }

  /** float32 `a` where the condition holds, `b` elsewhere; the three are broadcast. */
  select(name: string, condition: Output, a: Output, b: Output): Output {
    return this.add('SelectV2', name, [condition, a, b], { T: FLOAT });
  }

  /** Two halves of a float32 tensor along an axis. */
  halve(name: string, value: Output, axis: Output): [Output, Output] {
    const halves = this.add('Split', name, [axis, value], { T: FLOAT, num_split: { i: 2 } });
    return [halves, `${halves}:1`];
  }

  /** float32 a · bᵀ. */
  matMulTransposed(name: string, a: Output, b: Output): Output {
    return this.add('MatMul', name, [a, b], { T: FLOAT, transpose_b: { b: true } });
  }

  add2(name: string, a: Output, b: Output): Output {
    return this.add('AddV2', name, [a, b], { T: FLOAT });
  }

  multiply(name: string, a: Output, b: Output): Output {
    return this.add('Mul', name, [a, b], { T: FLOAT });
  }

  /** The sum along an axis, which stays with extent 1. */
  sumAlong(name: string, value: Output, axis: Output): Output {
    return this.add('Sum', name, [value, axis], { T: FLOAT, Tidx: INT32, keep_dims: { b: true } });
  }

  /** float32 a · b, of matrices. */
  matMul(name: string, a: Output, b: Output): Output {
    return this.add('MatMul', name, [a, b], { T: FLOAT });
  }

  /** float32 a · b of stacks of matrices, or a · bᵀ. */
  stackedMatMul(name: string, a: Output, b: Output, isTransposed = false): Output {
    return this.add('BatchMatMulV2', name, [a, b], {
      T: FLOAT,
      ...(isTransposed && { adj_y: { b: true } }),
    });
  }

  reshape(name: string, value: Output, shape: Output): Output {
    return this.add('Reshape', name, [value, shape], { T: FLOAT, Tshape: INT32 });
  }

  /** float32 with its axes in another order. */
  transpose(name: string, value: Output, order: Output): Output {
    return this.add('Transpose', name, [value, order], { T: FLOAT, Tperm: INT32 });
  }

  /** Equal parts of a float32 tensor along an axis. */
  split(name: string, value: Output, axis: Output, count: number): Output[] {
    const parts = this.add('Split', name, [axis, value], { T: FLOAT, num_split: { i: count } });
    return Array.from({ length: count }, (_, part) => (part === 0 ? parts : `${parts}:${part}`));
  }

  /** float32 softmax along the last axis. */
  softmax(name: string, value: Output): Output {
    return this.add('Softmax', name, [value], { T: FLOAT });
  }

  subtract(name: string, a: Output, b: Output): Output {
    return this.add('Sub', name, [a, b], { T: FLOAT });
  }

  square(name: string, value: Output): Output {
    return this.add('Square', name, [value], { T: FLOAT });
  }

  /** float32 1 / √value. */
  inverseRoot(name: string, value: Output): Output {
    return this.add('Rsqrt', name, [value], { T: FLOAT });
  }

  /** The mean along an axis, which stays with extent 1. */
  meanAlong(name: string, value: Output, axis: Output): Output {
    return this.add('Mean', name, [value, axis], { T: FLOAT, Tidx: INT32, keep_dims: { b: true } });
  }

  /** int32 extents of a tensor. */
  shapeOf(name: string, dtype: DataType, value: Output): Output {
    return this.add('Shape', name, [value], { T: { type: dtype }, out_type: INT32 });
  }

  /** int32 [to], 0 … to − 1; `to` is a scalar. */
  range(name: string, zero: Output, to: Output, one: Output): Output {
    return this.add('Range', name, [zero, to, one], { Tidx: INT32 });
  }

  subtractInt32(name: string, a: Output, b: Output): Output {
    return this.add('Sub', name, [a, b], { T: INT32 });
  }

  /** bool a ≥ b. */
  atLeastInt32(name: string, a: Output, b: Output): Output {
    return this.add('GreaterEqual', name, [a, b], { T: INT32 });
  }

  /** The last places of a vector or of a matrix's rows, all where there are fewer. @param from int32 [1], minus their number */
  last(name: string, dtype: DataType, value: Output, from: Output, zero: Output, one: Output): Output {
    return this.add('StridedSlice', name, [value, from, zero, one], {
      T: { type: dtype },
      Index: INT32,
      end_mask: { i: 1 },
    });
  }

  /** int64 [k, 1]: the places of a bool vector that are true. */
  places(name: string, condition: Output): Output {
    return this.add('Where', name, [condition], { T: { type: DataType.BOOL } });
  }

  /** int32 [k] as places of int64. */
  toInt32(name: string, value: Output): Output {
    return this.add('Cast', name, [value], { SrcT: { type: DataType.INT64 }, DstT: INT32 });
  }

  relu(name: string, value: Output): Output {
    return this.add('Relu', name, [value], { T: FLOAT });
  }

  sigmoid(name: string, value: Output): Output {
    return this.add('Sigmoid', name, [value], { T: FLOAT });
  }

  private add(op: string, name: string, input: Output[], attr: Record<string, AttrValue>): Output {
    this.nodes.push({ name, op, input, attr });
    return name;
  }
}

/** The name by which a signature refers to a node's first output. */
export function tensorInfo(output: Output, dtype: DataType, shape: readonly number[]): TensorInfo {
  return { name: `${output}:0`, dtype, tensorShape: shapeOf(shape) };
}

function shapeOf(shape: readonly number[]): TensorShape {
  return { dim: shape.map((size) => ({ size })) };
}
