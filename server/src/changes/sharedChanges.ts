import type { RedisLink } from '@pocketrocket/model/redis';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import { z } from 'zod';
import type { Changes } from './changes.ts';

/** Users of one message at most; more go in several. */
const MAX_USERS = 5_000;

const messageSchema = z.object({ server: z.string(), userIds: z.array(z.number().int()).max(MAX_USERS) });

/** The place of a thread among those that hear of changes. */
export interface ChangesPlace {
  /** Names the server, so that it does not take its own messages for another's. */
  server: string;
  /** True for the one thread of a server that listens for all of them. */
  listens: boolean;
  /** Tells the other threads of this server. */
  tell: (userIds: readonly number[]) => void;
}

export interface SharingOptions {
  link: RedisLink;
  channel: string;
  place: ChangesPlace;
  logger: Logger;
}

/**
 * Tells changes to the servers that share a Redis, and hears of theirs. Redis keeps no message: what is sent while it is away is noticed
 * by whoever looks at versions.
 */
export async function shareChanges(
  changes: Changes,
  { link, channel, place, logger }: SharingOptions,
): Promise<void> {
  changes.onAnnounced((userIds) => {
    for (let start = 0; start < userIds.length; start += MAX_USERS) {
      const message = { server: place.server, userIds: userIds.slice(start, start + MAX_USERS) };
      link
        .command(['PUBLISH', channel, JSON.stringify(message)])
        .catch((error: unknown) => logger.debug({ problem: messageOf(error) }, 'changes are not told'));
    }
  });
  if (!place.listens) return;
  await link.subscribe(channel, (text) => {
    const message = parse(text);
    if (!message || message.server === place.server) return;
    changes.hear(message.userIds);
    place.tell(message.userIds);
  });
}

function parse(text: string): z.infer<typeof messageSchema> | null {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
