import { describe, expect, it } from '@jest/globals';
import { gaussian, randomInt, seededRandom } from '../../random/random.ts';
import { builtKernel } from '../../test/testKernel.ts';
import { encodeSequence, encodeSequenceReference } from './encode.ts';
import type { SequenceModel } from './index.ts';
import { PARAMETER_NAMES, initialParameters } from './parameters.ts';
import type { SequenceShape } from './parameters.ts';
import { sequencePart } from './part.ts';

const { abs, max } = Math;

const SHAPE: SequenceShape = {
  numItems: 50,
  dim: 16,
  length: 21,
  blocks: 2,
  heads: 2,
  hiddenDim: 24,
  hasGaps: true,
  hasRatings: true,
  hasDistances: true,
};

function someModel(shape: SequenceShape): SequenceModel {
  const random = seededRandom(5);
  const parameters = initialParameters(shape, random);
  for (const name of PARAMETER_NAMES) {
    const values = parameters[name];
    for (let i = 0; i < values.length; i++) values[i] += 0.2 * gaussian(random);
  }
  return { ...shape, parameters };
}

function someHistory(length: number) {
  const random = seededRandom(length);
  return {
    items: Int32Array.from({ length }, () => randomInt(random, SHAPE.numItems)),
    ratings: Array.from({ length }, () => (1 + randomInt(random, 10)) / 2),
    timestamps: Array.from({ length }, (_, place) => place * 100_000 * random()),
  };
}

describe('encodeSequence', () => {
  builtKernel('encodeSequence');

  it.each<[string, Partial<SequenceShape>]>([
    ['two blocks', {}],
    ['one block, one head', { blocks: 1, heads: 1 }],
    ['without gaps and ratings', { hasGaps: false, hasRatings: false, hasDistances: false }],
  ])('agrees with the reference: %s', (_, others) => {
    const model = someModel({ ...SHAPE, ...others });
    for (const length of [1, 2, 3, 4, 5, 7, 12, 20, 21, 22, 40]) {
      const history = someHistory(length);
      const expected = encodeSequenceReference(model, history);
      const vector = encodeSequence(model, history);
      const most = expected.reduce((so, value) => max(so, abs(value)), 0);
      vector.forEach((value, c) => expect(abs(value - expected[c]) / most).toBeLessThan(1e-5));
    }
  });

  it('reads the latest entries alone, and of what stood before them the time', () => {
    const model = someModel(SHAPE);
    const history = someHistory(40);
    const latest = (fields: typeof history, from: number) => ({
      items: fields.items.slice(from),
      ratings: fields.ratings.slice(from),
      timestamps: fields.timestamps.slice(from),
    });
    expect(encodeSequence(model, latest(history, 18))).toEqual(encodeSequence(model, history));
    expect(encodeSequence(model, latest(history, 19))).not.toEqual(encodeSequence(model, history));
  });

  it('makes zeros of nobody', () => {
    expect(encodeSequence(someModel(SHAPE), { items: [] })).toEqual(new Float32Array(SHAPE.dim));
  });

  it('takes a history without times and ratings', () => {
    const model = someModel(SHAPE);
    const { items } = someHistory(9);
    const unknown = { items, ratings: new Array(9).fill(NaN), timestamps: new Array(9).fill(NaN) };
    expect(encodeSequence(model, { items })).toEqual(encodeSequence(model, unknown));
  });

  it('is the same of a model that was stored and read', () => {
    for (const others of [{}, { hasGaps: false }, { hasRatings: false }, { hasDistances: false }]) {
      const model = someModel({ ...SHAPE, ...others });
      const { sequence } = sequencePart.fromTensors(sequencePart.toTensors({ sequence: model }));
      expect(sequence).toEqual(model);
    }
    expect(sequencePart.fromTensors({})).toEqual({ sequence: null });
  });

  it('scores a new item as the mixture of those it is like', () => {
    const model = someModel(SHAPE);
    const mixture = { items: Int32Array.of(3, 8), weights: Float32Array.of(0.75, 0.25) };
    const { sequence } = sequencePart.withNewItems({ sequence: model }, [mixture], SHAPE.numItems + 1);
    const { itemEmbeddings } = sequence?.parameters ?? model.parameters;
    expect(sequence?.numItems).toBe(51);
    expect(itemEmbeddings[50 * 16]).toBeCloseTo(
      0.75 * itemEmbeddings[3 * 16] + 0.25 * itemEmbeddings[8 * 16],
      6,
    );
    expect(encodeSequence(sequence ?? model, { items: [1, 50] })).toHaveLength(16);
  });
});
