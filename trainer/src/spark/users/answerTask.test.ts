import { describe, expect, it } from '@jest/globals';
import {
  groupByUser,
  historiesOf,
  IdMap,
  quickRecipe,
  splitLastOut,
  takeRows,
  usersOfRows,
  type Interactions,
  type UserHistories,
} from '@pocketrocket/engine';
import { createProgress } from '@pocketrocket/runtime';
import { numDrawn } from '../../pipeline/answers/casesOf.ts';
import type { Question } from '../../pipeline/answers/heldOut.ts';
import { splitInMemory } from '../../pipeline/answers/heldOutInMemory.ts';
import { toTensorsWithoutUsers, userNumbersOf, userWidth } from '../../pipeline/answers/modelTensors.ts';
import { USER_MEASURES } from '../../pipeline/answers/userMeasures.ts';
import { prepareTask } from '../../pipeline/evaluation/evaluationTask.ts';
import type { Negatives } from '../../pipeline/evaluation/evaluationTask.ts';
import { defaultSettings } from '../../pipeline/evaluation/tuneSettings.ts';
import { fitOn } from '../../pipeline/fitting/fitter.ts';
import { assembleScorers } from '../../pipeline/stages/assembleModel.ts';
import { rowFrames } from '../../tasks/rows.ts';
import type { Frame } from '../../tensors/frames.ts';
import { END, NUM_ITEMS, NUM_USERS, randomInteractions, serve, startOf } from '../../test/tasks.ts';

const SEED = 5;
const NEAR = { window: 5, decay: 3, numNeighbours: 10 };
const all = randomInteractions();
const rows = { ...all, userIndices: usersOfRows(all) };
const { train, holdout } = splitLastOut(rows);
const heldOut = historiesOf(groupByUser(takeRows(rows, holdout), NUM_USERS, NUM_ITEMS));
const learnt = groupByUser(takeRows(rows, train), NUM_USERS, NUM_ITEMS);
const deps = { progress: createProgress(process.stderr, 'none'), signal: new AbortController().signal };

const splitWith = (negatives: Negatives) =>
  splitInMemory(
    prepareTask({
      protocol: 'last-out',
      ids: {
        users: IdMap.from(Array.from({ length: NUM_USERS }, (_, user) => user)),
        items: IdMap.from(Array.from({ length: NUM_ITEMS }, (_, item) => item)),
      },
      facts: { releaseYears: null },
      train: takeRows(rows, train),
      holdout: takeRows(rows, holdout),
      shape: { kind: 'last-out' },
      negatives,
      seed: SEED,
    }),
  );

async function question(): Promise<Question> {
  const { recipe } = quickRecipe({
    users: NUM_USERS,
    items: NUM_ITEMS,
    interactions: all.itemIndices.length,
  });
  const seeded = { seed: SEED };
  const none = (): void => undefined;
  const matrixFactorization = fitOn(
    learnt,
    {
      name: 'matrixFactorization',
      options: { dim: 4, epochs: 2, learningRate: 0.01, regularization: 0.01, negatives: 2 },
      ...seeded,
    },
    none,
  );
  const fitted = {
    matrixFactorization,
    item2vec: fitOn(
      learnt,
      {
        name: 'item2vec',
        options: { dim: 4, window: 2, negatives: 2, epochs: 2, learningRate: 0.05 },
        ...seeded,
      },
      none,
    ),
    implicitALS: fitOn(
      learnt,
      {
        name: 'implicitALS',
        options: { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 2 },
        ...seeded,
      },
      none,
    ),
    ease: fitOn(learnt, { name: 'ease', options: { l2: 20, numNeighbours: 10 }, ...seeded }, none),
    coVisitation: fitOn(
      learnt,
      { name: 'coVisitation', options: { ...NEAR, isDirected: false }, ...seeded },
      none,
    ),
    transitions: fitOn(
      learnt,
      { name: 'transitions', options: { ...NEAR, isDirected: true }, ...seeded },
      none,
    ),
    neuralCF: fitOn(
      learnt,
      {
        name: 'neuralCF',
        options: {
          embeddingDim: 4,
          hiddenDims: [6, 4],
          negatives: 2,
          epochs: 2,
          learningRate: 0.01,
          batchSize: 16,
        },
        ...seeded,
      },
      none,
      { init: matrixFactorization },
    ),
    sequence: null,
  };
  const settings = {
    ...defaultSettings(recipe),
    retrievalWeights: { item2vec: 0.5, ease: 0.5 },
    rankingWeights: { item2vec: 0.3, ease: 0.3, neuralCF: 0.4 },
    numCandidates: 15,
  };
  const { ratings, facts } = splitWith({ kind: 'none' });
  return {
    title: 'asking',
    model: await assembleScorers(ratings, facts, fitted, settings),
    factorization: matrixFactorization,
    scorers: {
      popularity: { kind: 'popularity' },
      ease: { kind: 'feature', feature: 'ease' },
      implicitALS: { kind: 'feature', feature: 'implicitALS' },
      neuralCF: { kind: 'neuralCF' },
      matrixFactorization: { kind: 'matrixFactorization' },
      pipeline: { kind: 'pipeline', settings },
    },
    measures: USER_MEASURES,
  };
}

/** Users whose rows satisfy a condition. */
function some(
  { userIndices, interactions }: UserHistories,
  accept: (user: number) => boolean,
): UserHistories {
  const whole: Interactions = groupByUser(
    takeRows(
      { ...interactions, userIndices: usersOfRows(interactions).map((place) => userIndices[place] ?? -1) },
      Int32Array.from(interactions.itemIndices.keys()).filter((row) =>
        accept(userIndices[usersOfRows(interactions)[row] ?? -1] ?? -1),
      ),
    ),
    NUM_USERS,
    NUM_ITEMS,
  );
  return historiesOf(whole);
}

describe('the task `answer`', () => {
  it.each<[string, Negatives]>([
    ['the whole catalogue', { kind: 'none' }],
    ['drawn negatives', { kind: 'sampled', count: 7 }],
  ])('answers in parts what is answered in one piece, to the bit: %s', async (_, negatives) => {
    const split = splitWith(negatives);
    const asked = await question();
    const answersOf = await split.heldOut.answer(asked, deps);
    const { users } = split.heldOut;
    const count = negatives.kind === 'sampled' ? negatives.count : null;
    const seen = (user: number): number => (all.userOffsets[user + 1] ?? 0) - (all.userOffsets[user] ?? 0);
    let drawn = 0;
    const firstDraws = new Map(
      Array.from(users, (user) => {
        const before = drawn;
        drawn += numDrawn(NUM_ITEMS, seen(user), count ?? 0);
        return [user, before];
      }),
    );
    const settings = {
      numItems: NUM_ITEMS,
      numUsers: NUM_USERS,
      seed: SEED,
      numNegatives: count,
      settings: asked.model.settings,
      scorers: Object.values(asked.scorers),
      measures: asked.measures,
    };
    const itemCounts = { shape: [NUM_ITEMS], data: split.ratings.itemCounts };
    const model: Frame = { header: { kind: 'partial' }, tensors: toTensorsWithoutUsers(asked) };
    const parts = await Promise.all(
      [(user: number) => user < 25, (user: number) => user >= 25].map(async (accept) => {
        const own = some(heldOut, accept);
        const [frame] = rowFrames(own);
        const vectors = userNumbersOf(asked, own.userIndices);
        const given: Frame = {
          header: { kind: 'partial' },
          tensors: {
            ...frame?.tensors,
            firstDraw: {
              shape: [own.userIndices.length],
              data: Float64Array.from(own.userIndices, (user) => firstDraws.get(user) ?? -1),
            },
            vectors: { shape: [own.userIndices.length, userWidth(asked)], data: vectors },
          },
        };
        const histories = rowFrames(
          some(historiesOf(learnt), (user) => accept(user) && firstDraws.has(user)),
        );
        const frames = [startOf(settings, { itemCounts }, 'answer'), model, ...histories, given, END];
        const answers = await serve(frames);
        expect(answers.at(-1)?.header).toEqual({ kind: 'result' });
        return answers.at(-1)?.tensors ?? {};
      }),
    );
    expect(parts.flatMap((tensors) => [...(tensors['userIndex']?.data ?? [])])).toEqual([...users]);
    for (const [place, scorer] of Object.keys(asked.scorers).entries()) {
      const { values, isTimed, listed } = await answersOf(scorer);
      asked.measures.forEach((measure, row) => {
        const found = parts.flatMap((tensors) => {
          const numbers = [...(tensors[`values.${place}`]?.data ?? [])];
          const numUsers = numbers.length / asked.measures.length;
          return numbers.slice(row * numUsers, (row + 1) * numUsers);
        });
        expect([scorer, measure, found]).toEqual([scorer, measure, [...(values[measure] ?? [])]]);
      });
      expect(parts.flatMap((tensors) => [...(tensors['isTimed']?.data ?? [])])).toEqual([...isTimed]);
      const bits = parts.map((tensors) => tensors[`listed.${place}`]?.data ?? []);
      expect(
        Array.from(listed.keys(), (item) => bits.reduce((all, some) => all | (some[item] ?? 0), 0)),
      ).toEqual([...listed]);
    }
    expect((await answersOf('pipeline')).values.ndcgAt10?.some((value) => value > 0)).toBe(true);
  });

  it('says that the model is missing', async () => {
    const settings = {
      numItems: NUM_ITEMS,
      numUsers: NUM_USERS,
      seed: SEED,
      numNegatives: null,
      settings: (await question()).model.settings,
      scorers: [],
      measures: [],
    };
    const itemCounts = { shape: [NUM_ITEMS], data: new Int32Array(NUM_ITEMS) };
    const answers = await serve([startOf(settings, { itemCounts }, 'answer'), END]);
    expect(answers.at(-1)?.header).toMatchObject({ kind: 'failed', message: 'answer: no model came' });
  });
});
