import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { fullRecipe, groupByUser, quickRecipe, type DataSize } from '@pocketrocket/engine';
import { createLogger } from '@pocketrocket/runtime';
import { RatingsInMemory } from '../ratings/ratingsInMemory.ts';
import type { Ratings } from '../ratings/ratings.ts';
import { chooseRecipe } from '../stages/chooseRecipe.ts';
import { chooseModels, recipeNamed } from './recipe.ts';

const SMALL = { users: 610, items: 9_724, interactions: 100_836 };
const ML_1M = { users: 6_040, items: 3_706, interactions: 1_000_209 };

describe('the sequence model in recipes', () => {
  it('is in the full recipe where it is asked for, by the data’s size, and each says why', () => {
    expect(fullRecipe(ML_1M, true).recipe.sequence).toMatchObject({ length: 100, dim: 64, blocks: 2 });
    expect(fullRecipe(ML_1M, true).reasons.join()).toContain('the sequence model reads the latest 100 items');
    const asked = chooseModels({ ...recipeNamed('full'), hasSequence: true }, SMALL);
    expect(asked.recipe.sequence).toMatchObject({ length: 50 });
    expect(asked.reasons.join()).toContain('the sequence model reads the latest 50 items');
    const quick = chooseModels({ ...recipeNamed('quick'), hasSequence: true }, SMALL);
    expect(quick.recipe.sequence).toBeNull();
    expect(quick.reasons).toContain('no sequence model: the quick recipe has none');
    expect(quickRecipe(SMALL).reasons.join()).not.toContain('sequence');
  });

  it('is there unasked from the size on at which the blend gains by it, up to one that takes long', () => {
    const unasked = (size: DataSize) => chooseModels(recipeNamed('full'), size);
    expect(unasked(ML_1M).recipe.sequence).toMatchObject({ length: 100 });
    expect(unasked(SMALL).recipe.sequence).toBeNull();
    expect(unasked(SMALL).reasons).toContain(
      'no sequence model: the blend gains by it from 300,000 interactions on',
    );
    const large = unasked({ users: 160_000, items: 60_000, interactions: 25_000_000 });
    expect(large.recipe.sequence).toBeNull();
    expect(large.reasons.join()).toContain('it takes long, and is fitted where it is asked for');
    const unwanted = chooseModels({ ...recipeNamed('full'), hasSequence: false }, ML_1M);
    expect(unwanted.recipe.sequence).toBeNull();
    expect(unwanted.reasons.join()).not.toContain('sequence');
  });

  it('has fewer epochs in a small budget, and none in a smaller one', () => {
    const chosenIn = (budgetMinutes: number, concurrency = 2) =>
      chooseModels({ ...recipeNamed('full'), hasSequence: true, budgetMinutes }, ML_1M, 2, concurrency);
    expect(chosenIn(60).recipe.sequence?.epochs).toBe(fullRecipe(ML_1M, true).recipe.sequence?.epochs);
    const cut = chosenIn(20);
    expect(cut.recipe.sequence?.epochs).toBeLessThan(20);
    expect(cut.reasons.join()).toContain('the budget leaves the sequence model at most');
    expect(chosenIn(20, 1).recipe.sequence).toBeNull();
    expect(chosenIn(5).recipe.sequence).toBeNull();
    expect(chosenIn(5).reasons.join()).toContain('no sequence model after all: the budget leaves it');
  });

  it('takes its seconds from the other models where there is one thread', () => {
    const epochsIn = (hasSequence: boolean, concurrency: number) => {
      const recipe = { ...recipeNamed('full'), hasSequence, budgetMinutes: 60 };
      const { sequence, matrixFactorization } = chooseModels(recipe, ML_1M, 2, concurrency).recipe;
      return { sequence: sequence?.epochs ?? 0, others: matrixFactorization?.epochs ?? 0 };
    };
    const alone = epochsIn(true, 1);
    expect(alone.sequence).toBeGreaterThan(0);
    expect(alone.others).toBeLessThan(epochsIn(false, 1).others);
    expect(epochsIn(true, 2).others).toBe(epochsIn(false, 2).others);
  });
});

describe('the recipe for ratings', () => {
  const logger = createLogger({ level: 'error', name: 'test', stream: new PassThrough() });
  const n = 60_000;
  const ratingsWith = (time: (row: number) => number): Ratings =>
    new RatingsInMemory(
      groupByUser(
        {
          userIndices: Int32Array.from({ length: n }, (_, row) => row % 100),
          itemIndices: Int32Array.from({ length: n }, (_, row) => Math.floor(row / 100)),
          ratings: new Float32Array(n).fill(4),
          timestamps: Float64Array.from({ length: n }, (_, row) => time(row)),
        },
        100,
        600,
      ),
    );
  const chosenFor = (ratings: Ratings, hasInner = true) =>
    chooseRecipe(
      { recipe: { ...recipeNamed('full'), hasSequence: true }, ratings, numDatasets: 3, hasInner },
      { logger },
    );

  it('reads no times where there are none, and says that rows are read in file order', () => {
    expect(chosenFor(ratingsWith((row) => row)).recipe.sequence?.gaps).toBe(true);
    const untimed = chosenFor(ratingsWith(() => NaN));
    expect(untimed.recipe.sequence?.gaps).toBe(false);
    expect(untimed.reasons.at(-1)).toBe('the sequence model reads histories in file order');
    const some = chosenFor(ratingsWith((row) => (row < 1234 ? NaN : row)));
    expect(some.recipe.sequence?.gaps).toBe(true);
    expect(some.reasons.at(-1)).toBe(
      'the sequence model reads the 1,234 ratings without a time in file order',
    );
  });

  it('has no sequence model where no inner split can choose its weight', () => {
    const { recipe, reasons } = chosenFor(
      ratingsWith((row) => row),
      false,
    );
    expect(recipe.sequence).toBeNull();
    expect(reasons.at(-1)).toBe(
      'no sequence model after all: there is no inner split to choose its weight on',
    );
  });
});
