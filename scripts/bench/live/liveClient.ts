import { once } from 'node:events';
import { WebSocket } from 'ws';

export const LISTS =
  'subscription ($userId: Int) { recommendationsChanged(userId: $userId, first: 20) { nodes { rank score movie { movieId title releaseYear } reasons { movie { title } } } served { modelVersion ranker } } }';

const SUBSCRIBE = (userId: number | null) =>
  JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LISTS, variables: { userId } } });

/** As much of a list as benches look at. */
export interface List {
  nodes: { movie: { movieId: number } }[];
  served: { modelVersion: string | null };
}

export interface SubscriberOptions {
  origin: string;
  /** The user whose list it is; null for the signed-in user, where a token is given. */
  userId: number | null;
  token?: string;
  onList: (list: List) => void;
}

/** Opens a WebSocket with one subscription. @returns once the first list is there @throws Error where it is refused */
export async function subscribe({ origin, userId, token, onList }: SubscriberOptions): Promise<WebSocket> {
  const websocket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  await once(websocket, 'open');
  const first = new Promise<void>((resolve, reject) => {
    websocket.on('close', (code) => reject(new Error(`a subscription was closed with code ${code}`)));
    websocket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as {
        type: string;
        payload?: { data?: { recommendationsChanged: List } };
      };
      // Whoever subscribes before is closed.
      if (type === 'connection_ack') return websocket.send(SUBSCRIBE(userId));
      if (type !== 'next' || !payload?.data) return reject(new Error(data.toString().slice(0, 500)));
      onList(payload.data.recommendationsChanged);
      resolve();
    });
  });
  const authorization = token && `Bearer ${token}`;
  websocket.send(
    JSON.stringify({ type: 'connection_init', ...(authorization && { payload: { authorization } }) }),
  );
  await first;
  return websocket;
}
