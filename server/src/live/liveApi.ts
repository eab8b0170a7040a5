import type { Logger } from '@pocketrocket/runtime';
import type { LivePort } from '../api/livePort.ts';
import type { Changes } from '../changes/changes.ts';
import { Connections, type SubscriptionLimits } from './connections.ts';
import { eventSessions } from './eventSession.ts';
import { ListFeed, type ListFeedDeps } from './listFeed.ts';
import { Subscriptions, type SubscriptionDeps } from './subscriptions.ts';
import { TrainingFeed } from './trainingFeed.ts';
import { webSocketSessions } from './webSocketSession.ts';

export interface LiveApiDeps
  extends Omit<SubscriptionDeps, 'listOf' | 'training'>, Omit<ListFeedDeps, 'changes' | 'logger'> {
  changes: Changes;
  readTraining: ConstructorParameters<typeof TrainingFeed>[0];
  onTrainingTold: ConstructorParameters<typeof TrainingFeed>[1];
  limits: SubscriptionLimits;
  logger: Logger;
}

/** The subscriptions of this thread. */
export interface LiveApi extends LivePort {
  /** Connections that are open, and answers that wait to be made. */
  sizes(): { connections: number; waiting: number };
  close(): void;
}

/** Puts together what answers subscriptions in this thread, over both transports. */
export function createLiveApi(deps: LiveApiDeps): LiveApi {
  const lists = new ListFeed(deps);
  const trainings = new TrainingFeed(deps.readTraining, deps.onTrainingTold);
  const connections = new Connections(deps);
  const subscriptions = new Subscriptions({
    ...deps,
    listOf: (userId) => lists.of(userId),
    training: () => trainings.open(),
  });
  const sessionDeps = { connections, subscriptions, schema: deps.schema };
  const sessions = { websocket: webSocketSessions(sessionDeps), events: eventSessions(sessionDeps) };
  return {
    open: (request, client) => sessions[request.transport](request, client),
    sizes: () => ({ connections: connections.size, waiting: subscriptions.waiting }),
    close() {
      lists.close();
      trainings.close();
      connections.close();
    },
  };
}
