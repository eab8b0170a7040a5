import { describe, expect, it } from '@jest/globals';
import type { NeuralCF } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import { DataType, decodeSavedModel, type NodeDef } from '@pocketrocket/model/savedModel';
import { randomNeuralCF } from '../test/savedModelCases.ts';
import { neuralCFSavedModel, savedModelProblem } from './neuralCFSavedModel.ts';

const { model, ids } = randomNeuralCF(20, 30);
const bytes = neuralCFSavedModel(model, ids);
const decoded = decodeSavedModel(bytes);
const [metaGraph] = decoded.metaGraphs;
if (!metaGraph) throw new Error('a SavedModel holds a graph');
const { node: nodes } = metaGraph.graphDef;

function constantOf(name: string): { shape: number[]; bytes: Buffer } {
  const tensor = nodes.find((node) => node.name === name)?.attr['value']?.tensor;
  if (!tensor) throw new Error(`no constant ${name}`);
  const { tensorShape, tensorContent } = tensor;
  return { shape: tensorShape.dim.map(({ size }) => size), bytes: Buffer.from(tensorContent) };
}

describe('the SavedModel', () => {
  it('is one graph for serving, with both signatures', () => {
    expect(decoded.savedModelSchemaVersion).toBe(1);
    expect(decoded.metaGraphs.length).toBe(1);
    expect(metaGraph.metaInfoDef.tags).toEqual(['serve']);
    const batch = { dim: [{ size: -1 }] };
    const scores = { dtype: DataType.FLOAT, tensorShape: { dim: [{ size: -1 }, { size: 1 }] } };
    const movieId = { name: 'movieId:0', dtype: DataType.INT32, tensorShape: batch };
    expect(metaGraph.signatureDef).toEqual({
      serving_default: {
        inputs: { userId: { name: 'userId:0', dtype: DataType.INT32, tensorShape: batch }, movieId },
        outputs: { probability: { name: 'serving_default/probability:0', ...scores } },
        methodName: 'tensorflow/serving/predict',
      },
      user_vector: {
        inputs: {
          userVector: {
            name: 'userVector:0',
            dtype: DataType.FLOAT,
            tensorShape: { dim: [{ size: 1 }, { size: 2 * model.embeddingDim }] },
          },
          movieId,
        },
        outputs: { probability: { name: 'user_vector/probability:0', ...scores } },
        methodName: 'tensorflow/serving/predict',
      },
    });
  });

  it('names every node once and refers only to nodes before it', () => {
    const seen = new Set<string>();
    for (const { name, input } of nodes) {
      for (const one of input) expect(seen).toContain(one.replace(/:\d+$/, ''));
      expect(seen).not.toContain(name);
      seen.add(name);
    }
    const unused = nodes.filter(
      ({ name }) => !nodes.some(({ input }) => input.some((one) => one.replace(/:\d+$/, '') === name)),
    );
    expect(unused.map(({ name }) => name)).toEqual([
      'serving_default/probability',
      'user_vector/probability',
    ]);
  });

  it('looks external ids up by binary search and keeps no variables', () => {
    const operations = new Set(nodes.map(({ op }: NodeDef) => op));
    expect(operations).toContain('LowerBound');
    expect([...operations].filter((op) => /Variable|Restore|HashTable/.test(op))).toEqual([]);
  });

  it('holds the numbers of the model, little-endian', () => {
    const embeddings = constantOf('movies/embeddings');
    expect(embeddings.shape).toEqual([30, 2 * model.embeddingDim]);
    expect(embeddings.bytes.length).toBe(4 * 30 * 2 * model.embeddingDim);
    expect(embeddings.bytes.readFloatLE(4 * 17)).toBe(model.parameters.itemEmbeddings[17]);
    const movieIds = constantOf('movies/ids');
    expect(movieIds.shape).toEqual([30]);
    expect(movieIds.bytes.readInt32LE(4 * 29)).toBe(2 ** 31 - 1);
  });

  it('is the same for the same model, byte for byte', () => {
    expect(Buffer.from(neuralCFSavedModel(model, ids)).equals(bytes)).toBe(true);
  });
});

describe('what cannot become a SavedModel', () => {
  it('is refused beyond 2 GiB, with the figures, before anything is written', () => {
    // Never touched, so the machine need not have these bytes.
    const userEmbeddings = new Float32Array(2 ** 29);
    const numUsers = userEmbeddings.length / (2 * model.embeddingDim);
    const large: NeuralCF = { ...model, numUsers, parameters: { ...model.parameters, userEmbeddings } };
    const figures =
      /of 33554432 users and 30 movies takes 2\.28 GB, and protobuf, TensorFlow's file format, ends at 2\.15 GB/;
    expect(savedModelProblem(large)).toMatch(figures);
    expect(savedModelProblem(model)).toBeNull();
    const attempt = () => neuralCFSavedModel(large, ids);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(figures);
  });

  it('is refused where ids do not belong to the rows', () => {
    const descending = { ...ids, movieIds: ids.movieIds.slice().reverse() };
    expect(() => neuralCFSavedModel(model, descending)).toThrow('movieIds: not ascending at row 1');
    const few = { ...ids, userIds: ids.userIds.subarray(1) };
    expect(() => neuralCFSavedModel(model, few)).toThrow('userIds: 19 ids for 20 rows');
  });
});
