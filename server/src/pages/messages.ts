import type { Failure, Reply } from '../threads/messages.ts';
import type { PageBytes, PortalFacts, RenderRequest } from './renderer.ts';

/** The data that a rendering thread starts with. */
export interface RenderThreadData {
  portalDir: string;
}

/** The messages of the front to a rendering thread. */
export type ToRenderer =
  | { kind: 'render'; id: number; request: RenderRequest }
  /** The API's answer to a question; its text is the reply's value. */
  | { kind: 'answer'; question: number; reply: Reply }
  | { kind: 'ping' };

/** The messages of a rendering thread to the front. */
export type FromRenderer =
  | { kind: 'ready'; facts: PortalFacts }
  | { kind: 'pong' }
  /** Asks the API on behalf of whoever wants the page `id`. */
  | { kind: 'ask'; id: number; question: number; body: string }
  | { kind: 'page'; id: number; page: PageBytes }
  | { kind: 'failure'; id: number; failure: Failure };
