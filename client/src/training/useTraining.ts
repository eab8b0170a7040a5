import type { ResultOf } from '@graphql-typed-document-node/core';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { graphql } from '../gql/index.ts';

const TrainingQuery = graphql(/* GraphQL */ `
  query Training {
    training {
      isRunning
      stage
      share
      secondsLeft
      modelVersion
    }
  }
`);

export type Training = NonNullable<ResultOf<typeof TrainingQuery>['training']>;

const IDLE_POLL_MS = 15_000;
const RUNNING_POLL_MS = 2_000;

/**
 * The training of a model as it stands, as `useTrainingPoll` keeps it; undefined until it is known, and on a server, whose pages are kept
 * for longer.
 */
export const useTraining = (): Training | undefined =>
  useQuery(TrainingQuery, { ssr: false, fetchPolicy: 'cache-only' }).data?.training ?? undefined;

/** Asks for the training from time to time, for all who show it; and for all lists on the page again when another model serves than before. */
export function useTrainingPoll(): void {
  const client = useApolloClient();
  const before = useRef<string | null>(undefined);
  const [wasRunning, setWasRunning] = useState(false);
  const { data } = useQuery(TrainingQuery, {
    pollInterval: wasRunning ? RUNNING_POLL_MS : IDLE_POLL_MS,
    // What the page has from before says nothing of now.
    fetchPolicy: 'cache-and-network',
    skipPollAttempt: () => document.hidden,
    context: { isPassing: true },
  });
  const isRunning = data?.training?.isRunning ?? false;
  if (isRunning !== wasRunning) setWasRunning(isRunning);
  const version = data?.training?.modelVersion;
  useEffect(() => {
    if (version === undefined || version === before.current) return;
    const isFirstAnswer = before.current === undefined;
    before.current = version;
    if (!isFirstAnswer) void client.refetchQueries({ include: 'active' });
  }, [client, version]);
}
