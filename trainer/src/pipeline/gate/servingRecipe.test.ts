import { describe, expect, it } from '@jest/globals';
import { fullRecipe } from '@pocketrocket/engine';
import type { Manifest } from '@pocketrocket/model/artifact';
import { isSameRecipe, recipeIn } from './servingRecipe.ts';

const { recipe } = fullRecipe({ users: 610, items: 9_724, interactions: 100_836 }, true);
const manifestWith = (models: object): Manifest =>
  ({ recipeSettings: { isTuned: true, reasons: [], models } }) as unknown as Manifest;

describe('the recipe in a manifest', () => {
  it('of an earlier release is one without the models that came later', () => {
    const { sequence: _, ...earlier } = recipe;
    const found = recipeIn(manifestWith(earlier), recipe);
    expect(found?.models).toEqual({ ...recipe, sequence: null });
    expect(found && isSameRecipe(found, { models: recipe, isTuned: true })).toBe(false);
  });

  it('is the same as that of the run that wrote it', () => {
    const found = recipeIn(manifestWith(JSON.parse(JSON.stringify(recipe)) as object), recipe);
    expect(found && isSameRecipe(found, { models: recipe, isTuned: true })).toBe(true);
  });

  it('cannot be fitted again where it is of another shape', () => {
    expect(recipeIn(manifestWith({ ...recipe, item2vec: { dim: 3 } }), recipe)).toBeNull();
    expect(recipeIn({} as Manifest, recipe)).toBeNull();
  });
});
