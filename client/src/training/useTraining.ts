import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql } from '../gql/index.ts';
import { sharedState, useSharedState } from '../state/sharedState.ts';

export const TrainingStateFragment = graphql(/* GraphQL */ `
  fragment TrainingState on Training {
    isRunning
    stage
    share
    secondsLeft
    modelVersion
  }
`);

export const TrainingQuery = graphql(/* GraphQL */ `
  query Training {
    training {
      ...TrainingState
    }
  }
`);

export type Training = ResultOf<typeof TrainingStateFragment>;

/** The training of a model as it stands, as `followTraining` keeps it; outlives a cache that is emptied. */
export const trainingState = sharedState<Training | undefined>(undefined);

/** The same; undefined until it is known, and on a server, whose pages are kept for longer. */
export const useTraining = (): Training | undefined => useSharedState(trainingState, undefined);
