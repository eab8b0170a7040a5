import type { ModelPart } from '../part.ts';
import { sparsePart } from '../sparsePart.ts';
import type { HasMatrix } from '../sparsePart.ts';
import { fitTransitions } from './index.ts';

const sequence = { kind: 'sparse', source: 'transition', explains: true } as const;

const near = {
  ...sequence,
  part: 'coVisitation',
  matrix: ({ coVisitation }: HasMatrix<'coVisitation'>) => coVisitation,
} as const;

/** Co-visitation: items that stand near one another in histories, in either order. */
export const coVisitationPart = {
  ...sparsePart('coVisitation'),
  fit: fitTransitions,
  epochs: () => 1,
  priority: 1,
  features: [
    { ...near, name: 'coVisitation' },
    { ...near, name: 'coVisitationRecent', tau: 5 },
  ],
} as const satisfies ModelPart<HasMatrix<'coVisitation'>>;

const next = {
  ...sequence,
  part: 'transitions',
  matrix: ({ transitions }: HasMatrix<'transitions'>) => transitions,
} as const;

/** Items that follow shortly after one. */
export const transitionsPart = {
  ...sparsePart('transitions'),
  fit: fitTransitions,
  epochs: () => 1,
  priority: 0,
  features: [
    { ...next, name: 'transitionsRecent', tau: 5 },
    { ...next, name: 'transitionsLast', tau: 1, isEvaluatedAlone: false },
  ],
} as const satisfies ModelPart<HasMatrix<'transitions'>>;
