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
