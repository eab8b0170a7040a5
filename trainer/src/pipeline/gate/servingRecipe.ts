import { isDeepStrictEqual } from 'node:util';
import type { ModelRecipe } from '@pocketrocket/engine';
import {
  findManifest,
  servingOrder,
  servingSettingsSchema,
  type Manifest,
} from '@pocketrocket/model/artifact';
import type { RecipeSettings } from '../fitting/recipe.ts';

/**
 * The manifest of the version that serves a data set; null where none does.
 * @throws AppError ARTIFACT_INVALID when the pointer to it cannot be understood
 */
export async function servingManifest(modelDir: string, datasetIdentity: string): Promise<Manifest | null> {
  for (const version of await servingOrder(modelDir)) {
    const manifest = await findManifest(modelDir, version);
    if (manifest?.dataset.identity === datasetIdentity) return manifest;
  }
  return null;
}

/** Models that recipes of earlier releases lack, and so left out. */
const WITHOUT_LATER_MODELS = { sequence: null };

/**
 * The recipe in a manifest; null where this trainer cannot fit it again: it is missing, or not of the shape of today's.
 * @param template a recipe of today
 */
export function recipeIn({ recipeSettings }: Manifest, template: ModelRecipe): RecipeSettings | null {
  if (!recipeSettings) return null;
  const { isTuned } = recipeSettings;
  const models = { ...WITHOUT_LATER_MODELS, ...recipeSettings.models };
  return isModelRecipe(models, template) ? { isTuned, models } : null;
}

/** True where two recipes give the same models. */
export function isSameRecipe(a: RecipeSettings, b: RecipeSettings): boolean {
  return isDeepStrictEqual(toPlainJson(a), toPlainJson(b));
}

function isModelRecipe(
  value: Record<string, unknown>,
  template: ModelRecipe,
): value is typeof value & ModelRecipe {
  const { serving: _, ...algorithms } = template;
  const hasServing = servingSettingsSchema.omit({ calibration: true }).safeParse(value['serving']).success;
  return hasServing && hasShapeOf(algorithms, value);
}

/** True for a value with every property of a template, of the same types; null stands for any type, and more may be there. */
function hasShapeOf(template: unknown, value: unknown): boolean {
  if (template === null || template === undefined || value === null)
    return value !== undefined || template === undefined;
  if (typeof template !== 'object') return typeof value === typeof template;
  if (Array.isArray(template)) return Array.isArray(value);
  if (typeof value !== 'object') return false;
  const properties = value as Record<string, unknown>;
  return Object.entries(template).every(([key, property]) => hasShapeOf(property, properties[key]));
}

function toPlainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
