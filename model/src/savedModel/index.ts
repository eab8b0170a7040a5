import protobuf from 'protobufjs';

/** The file that TensorFlow looks for in a model's folder. */
export const SAVED_MODEL_FILE = 'saved_model.pb';

/** Signatures of NeuralCF's graph. */
export const SIGNATURES = ['serving_default', 'user_vector'] as const;
/** The signature of the sequence model, where the version has one. */
export const NEXT_ITEM = 'next_item';
export type SignatureName = (typeof SIGNATURES)[number] | typeof NEXT_ITEM;

/** The constants of NeuralCF's graph by their nodes' names; how they are used stands with the exporter. */
export const CONSTANTS = {
  userIds: 'users/ids',
  userEmbeddings: 'users/embeddings',
  movieIds: 'movies/ids',
  movieEmbeddings: 'movies/embeddings',
  movieBiases: 'movies/biases',
  /** Bias of a movie that is not among the ids. */
  lowestBias: 'movies/lowestBias',
  layer1UserWeights: 'layers/layer1UserWeights',
  layer1ItemWeights: 'layers/layer1ItemWeights',
  layer1Biases: 'layers/layer1Biases',
  layer2Weights: 'layers/layer2Weights',
  layer2Biases: 'layers/layer2Biases',
  outputWeights: 'layers/outputWeights',
} as const;

/** The score that `next_item` gives to a movie that it does not know: the lowest of all float32 numbers. */
export const UNKNOWN_SCORE = -(2 - 2 ** -23) * 2 ** 127;

/**
 * The constants of the sequence model by their nodes' names. Those of a block have the names of the engine's parameters behind
 * the block's; a norm is two vectors, `scale` and `shift`.
 */
export const NEXT_ITEM_CONSTANTS = {
  embeddings: 'next_item/embeddings',
  /** With what stands for unknown times and stars. */
  positions: 'next_item/positions',
  /** int32 [3]: −1, the heads, the width of each. */
  toHeads: 'next_item/toHeads',
  lastNorm: 'next_item/last',
  ofBlock: (block: number): string => `next_item/block${block}`,
  /** Behind the block's. */
  attentionNorm: 'attention',
  hiddenNorm: 'perceptron',
} as const;

/**
 * The part of TensorFlow's protobuf messages that a SavedModel of constants needs. Names, numbers and types are those of
 * tensorflow/core/protobuf/{saved_model,meta_graph}.proto and tensorflow/core/framework/{graph,node_def,attr_value,tensor,
 * tensor_shape,versions}.proto; fields left out keep their defaults.
 */
const MESSAGES = `
syntax = "proto3";
package tensorflow;

message SavedModel {
  int64 saved_model_schema_version = 1;
  repeated MetaGraphDef meta_graphs = 2;
}
message MetaGraphDef {
  MetaInfoDef meta_info_def = 1;
  GraphDef graph_def = 2;
  map<string, SignatureDef> signature_def = 5;
}
message MetaInfoDef {
  repeated string tags = 4;
  bool stripped_default_attrs = 7;
}
message GraphDef {
  repeated NodeDef node = 1;
  VersionDef versions = 4;
}
message VersionDef {
  int32 producer = 1;
}
message NodeDef {
  string name = 1;
  string op = 2;
  repeated string input = 3;
  map<string, AttrValue> attr = 5;
}
message AttrValue {
  oneof value {
    int64 i = 3;
    bool b = 5;
    int32 type = 6;
    TensorShapeProto shape = 7;
    TensorProto tensor = 8;
  }
}
message TensorProto {
  int32 dtype = 1;
  TensorShapeProto tensor_shape = 2;
  bytes tensor_content = 4;
}
message TensorShapeProto {
  repeated Dim dim = 2;
}
message Dim {
  int64 size = 1;
}
message SignatureDef {
  map<string, TensorInfo> inputs = 1;
  map<string, TensorInfo> outputs = 2;
  string method_name = 3;
}
message TensorInfo {
  string name = 1;
  int32 dtype = 2;
  TensorShapeProto tensor_shape = 3;
}
`;

/** TensorFlow's numbers of the element types used here (tensorflow/core/framework/types.proto). */
export const DataType = { FLOAT: 1, INT32: 3, INT64: 9, BOOL: 10 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

export interface SavedModelMessage {
  savedModelSchemaVersion: number;
  metaGraphs: MetaGraphDef[];
}

export interface MetaGraphDef {
  metaInfoDef: { tags: string[]; strippedDefaultAttrs: boolean };
  graphDef: { node: NodeDef[]; versions: { producer: number } };
  signatureDef: Record<string, SignatureDef>;
}

export interface NodeDef {
  name: string;
  op: string;
  /** Names of nodes, with `:k` for an output other than the first. */
  input: string[];
  attr: Record<string, AttrValue>;
}

/** One of these fields. */
export interface AttrValue {
  i?: number;
  b?: boolean;
  type?: DataType;
  shape?: TensorShape;
  tensor?: { dtype: DataType; tensorShape: TensorShape; tensorContent: Uint8Array };
}

/** Extents; −1 where any will do. */
export interface TensorShape {
  dim: { size: number }[];
}

export interface SignatureDef {
  inputs: Record<string, TensorInfo>;
  outputs: Record<string, TensorInfo>;
  methodName: string;
}

export interface TensorInfo {
  /** A node's output, always with its number: `name:0`. */
  name: string;
  dtype: DataType;
  tensorShape: TensorShape;
}

const savedModelType = protobuf.parse(MESSAGES).root.lookupType('tensorflow.SavedModel');

/**
 * Serialises the message.
 * @param sizeBound bytes set aside beforehand; more are found where it is too low, at the price of a copy
 */
export function encodeSavedModel(message: SavedModelMessage, sizeBound: number): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.buf = Buffer.allocUnsafe(sizeBound);
  return savedModelType.encode(message, writer).finish(true);
}

/**
 * Reads a serialised message back; fields that are not described here are passed over.
 * @throws Error when the bytes are no such message
 */
export function decodeSavedModel(bytes: Uint8Array): SavedModelMessage {
  const message = savedModelType.decode(bytes);
  return savedModelType.toObject(message, {
    longs: Number,
    arrays: true,
    objects: true,
  }) as SavedModelMessage;
}
