import type { ApolloClient } from '@apollo/client';
import { graphql } from '../gql/index.ts';
import type { SharedState } from '../state/sharedState.ts';
import { TrainingQuery, trainingState } from './useTraining.ts';

const TrainingChanged = graphql(/* GraphQL */ `
  subscription TrainingChanged {
    trainingChanged {
      ...TrainingState
    }
  }
`);

/** A connection opens within so long, or it is asked without one. */
const OPENING_MS = 3_000;
const IDLE_PAUSE_MS = 15_000;
const RUNNING_PAUSE_MS = 2_000;

type Watched = Pick<SharedState<boolean>, 'get' | 'subscribe'>;

export interface Surroundings {
  /** True while the live connection stands. */
  isLive: Watched;
  /** True while somebody may look at the page. */
  isVisible: Watched;
}

/**
 * Keeps `trainingState` as the training stands: told over the live connection, and asked for from time to time while there is none.
 * Nothing is done while the page is hidden. Returns the way to stop.
 */
export function followTraining(client: ApolloClient, { isLive, isVisible }: Surroundings): () => void {
  let subscription: { unsubscribe: () => void } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** When the subscription was refused, or ended by the server; null while it goes on. */
  let refusedAt: number | null = null;

  const subscribe = () =>
    client.subscribe({ query: TrainingChanged, fetchPolicy: 'no-cache' }).subscribe({
      next({ data }) {
        if (data) trainingState.set(data.trainingChanged);
      },
      // It does not come back by itself, as after a mere end of the connection.
      error: refuse,
      complete: refuse,
    });
  function refuse(): void {
    refusedAt = Date.now();
    adapt();
  }

  const askAfter = (ms: number) => {
    timer = setTimeout(() => void ask(), ms);
  };
  async function ask(): Promise<void> {
    const asked = timer;
    const answer = await client
      .query({ query: TrainingQuery, fetchPolicy: 'no-cache', context: { isPassing: true } })
      // A server that cannot be reached now is asked the next time.
      .catch(() => null);
    // Told meanwhile: what was asked for may be older.
    if (timer !== asked) return;
    if (answer?.data?.training) trainingState.set(answer.data.training);
    askAfter(answer?.data?.training?.isRunning ? RUNNING_PAUSE_MS : IDLE_PAUSE_MS);
    // A refusal may have been of that moment.
    if (refusedAt !== null && Date.now() - refusedAt >= IDLE_PAUSE_MS) {
      unsubscribe();
      adapt();
    }
  }
  const stopAsking = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const unsubscribe = () => {
    subscription?.unsubscribe();
    subscription = null;
    refusedAt = null;
  };

  function adapt(): void {
    if (!isVisible.get()) {
      unsubscribe();
      stopAsking();
      return;
    }
    // One that is refused at once is so before it is there.
    if (refusedAt === null) subscription ??= subscribe();
    if (isLive.get() && refusedAt === null) stopAsking();
    else if (timer === null) askAfter(OPENING_MS);
  }

  const ends = [isLive.subscribe(adapt), isVisible.subscribe(adapt)];
  adapt();
  return () => {
    for (const end of ends) end();
    unsubscribe();
    stopAsking();
  };
}
