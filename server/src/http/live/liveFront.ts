import type { Logger } from '@pocketrocket/runtime';
import type { LivePort } from '../../api/livePort.ts';
import type { BudgetGate } from '../../budgets/budgetGate.ts';
import { Holdings } from '../holdings.ts';
import type { LiveLimits } from './liveLimits.ts';
import { LiveRoom, type LiveConnectionCounts } from './liveRoom.ts';
import { LiveSockets } from './liveSockets.ts';
import { LiveStreams } from './liveStreams.ts';

export interface LiveFrontOptions {
  port: LivePort;
  limits: LiveLimits;
  gate: BudgetGate;
  logger: Logger;
}

/** The parts that both transports share. */
export interface LiveShared extends LiveFrontOptions {
  room: LiveRoom;
  /** Messages that clients have not taken yet. */
  messages: Holdings;
}

/** The live connections of the front. It passes what comes and goes on them as it is, and parses nothing of it. */
export class LiveFront {
  readonly sockets: LiveSockets;
  readonly streams: LiveStreams;
  readonly #shared: LiveShared;

  constructor(options: LiveFrontOptions) {
    const { limits, logger } = options;
    const messages = new Holdings('live messages', limits.messages, logger);
    this.#shared = { ...options, room: new LiveRoom(limits), messages };
    this.sockets = new LiveSockets(this.#shared);
    this.streams = new LiveStreams(this.#shared);
  }

  /** @returns null where there is room for one more connection of an address, else the status of the refusal */
  refusal(address: string): 429 | 503 | null {
    return this.#shared.room.refusal(address);
  }

  counts(): LiveConnectionCounts {
    return this.#shared.room.counts();
  }

  /** Sends all clients away, to other servers: this one stops. */
  close(): void {
    this.sockets.close();
    this.streams.close();
    this.#shared.messages.close();
  }
}
