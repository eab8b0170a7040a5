import type { ModelPart } from '../part.ts';
import { sparsePart } from '../sparsePart.ts';
import type { HasMatrix } from '../sparsePart.ts';
import { fitEASE } from './index.ts';

const feature = {
  part: 'ease',
  kind: 'sparse',
  source: 'collaborative',
  explains: true,
  matrix: ({ ease }: HasMatrix<'ease'>) => ease,
} as const;

export const easePart = {
  ...sparsePart('ease'),
  fit: fitEASE,
  epochs: () => 1,
  priority: 3,
  features: [
    { ...feature, name: 'ease' },
    { ...feature, name: 'easeRecent', tau: 20 },
  ],
} as const satisfies ModelPart<HasMatrix<'ease'>>;
