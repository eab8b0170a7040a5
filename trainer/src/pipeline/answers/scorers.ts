import {
  RETRIEVAL_FEATURES,
  scoreMatrixFactorization,
  type MatrixFactorization,
  type ModelScorers,
  type RetrievalFeature,
  type Scorer,
  type ServedSettings,
} from '@pocketrocket/engine';
import { servingSettingsSchema } from '@pocketrocket/model/artifact';
import { z } from 'zod';

const settings: z.ZodType<ServedSettings> = servingSettingsSchema;

/** Names a way to score items for a user, as plain JSON: it can be carried out wherever the model is. */
export const scorerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('popularity') }),
  z.object({
    kind: z.literal('feature'),
    feature: z.enum(RETRIEVAL_FEATURES as [RetrievalFeature, ...RetrievalFeature[]]),
  }),
  z.object({ kind: z.literal('neuralCF') }),
  z.object({ kind: z.literal('matrixFactorization') }),
  z.object({ kind: z.literal('pipeline'), settings }),
]);
export type ScorerName = z.infer<typeof scorerSchema>;

/**
 * The scorer of a name.
 * @throws RangeError for the matrix factorization where there is none
 */
export function scorerOf(
  name: ScorerName,
  scorers: ModelScorers,
  factorization: MatrixFactorization | null,
): Scorer {
  switch (name.kind) {
    case 'popularity':
      return scorers.popularity;
    case 'feature':
      return scorers.feature(name.feature);
    case 'neuralCF':
      return scorers.neuralCF;
    case 'matrixFactorization':
      if (!factorization) throw new RangeError('there is no matrix factorization to measure');
      return (userIndex, candidates, scores) =>
        scoreMatrixFactorization(factorization, userIndex, candidates, scores);
    case 'pipeline':
      return scorers.pipeline(name.settings);
  }
}
