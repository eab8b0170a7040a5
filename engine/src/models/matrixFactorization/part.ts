import { NOT_SERVED } from '../part.ts';
import type { ModelPart } from '../part.ts';
import { fitMatrixFactorization } from './index.ts';
import type { MatrixFactorizationOptions } from './index.ts';

/** Not served: NeuralCF starts from it. */
export const matrixFactorizationPart = {
  name: 'matrixFactorization',
  ...NOT_SERVED,
  fit: fitMatrixFactorization,
  epochs: ({ epochs }: MatrixFactorizationOptions): number => epochs,
  priority: 6,
  features: [],
} as const satisfies ModelPart<object>;
