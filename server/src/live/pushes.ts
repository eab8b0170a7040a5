import { hash } from 'node:crypto';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { LiveSign } from '../graphql/context.ts';
import type { PreparedOperation } from './prepare.ts';
import { countLive } from './liveCounts.ts';

/** An answer as it was made, with what it shows. */
export interface MadeAnswer {
  result: FormattedExecutionResult;
  /** As it is sent. */
  text: string;
  /** A digest of what it shows; null where only its text tells. */
  shown: string | null;
  /** The first code where there are errors alone. */
  failure: string | null;
}

/** The work of one subscription. */
export interface PushWork {
  /** Waits for its turn and the client's budget, then answers; null where nobody wants the answer any more. */
  answer: (sign: LiveSign, isFirst: boolean, isWanted: () => boolean) => Promise<MadeAnswer | null>;
  /** Looks whether the sign-in still holds. @returns true where it does not, and the client was sent away for it */
  onUnauthenticated: () => Promise<boolean>;
  onEnd: () => void;
}

/** Errors that another attempt would get as well: they are told, and end the subscription. */
const FINAL: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const DONE = { done: true, value: undefined } as const;

type Source = AsyncIterableIterator<LiveSign> & { mark?: (why: 'change' | 'exchange') => void };

/** The answers of one subscription: the first one, then each that is not as the one before. */
export class Pushes implements AsyncIterableIterator<ExecutionResult> {
  /** The subscription as it was sent. */
  readonly operation: PreparedOperation;
  readonly #source: Source;
  readonly #work: PushWork;
  #isFirst = true;
  #isEnded = false;
  #isLast = false;
  #shown: string | null = null;
  #sent = '';
  #pauseMs = FIRST_PAUSE_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(operation: PreparedOperation, source: Source, work: PushWork) {
    this.operation = operation;
    this.#source = source;
    this.#work = work;
    countLive('subscriptions');
  }

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    while (!this.#isEnded && !this.#isLast) {
      const sign = await this.#source.next();
      if (sign.done || this.#isEnded) break;
      const made = await this.#work.answer(sign.value, this.#isFirst, () => !this.#isEnded);
      if (this.#isEnded || !made) break;
      const isToSend = made.failure === null ? this.#isNew(made) : await this.#isToldFailure(made.failure);
      if (!isToSend) continue;
      this.#isFirst = false;
      countLive('sent');
      return { done: false, value: made.result as ExecutionResult };
    }
    return this.return();
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      clearTimeout(this.#timer);
      countLive('subscriptions', -1);
      await this.#source.return?.();
      this.#work.onEnd();
    }
    return DONE;
  }

  async throw(): Promise<IteratorResult<ExecutionResult, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #isNew({ shown, text }: MadeAnswer): boolean {
    this.#pauseMs = FIRST_PAUSE_MS;
    const sent = hash('sha256', text, 'base64url').slice(0, 16);
    const isEqual = sent === this.#sent || (shown !== null && shown === this.#shown);
    this.#sent = sent;
    this.#shown = shown;
    if (isEqual) countLive('unchanged');
    return !isEqual;
  }

  /** A failure that may pass is told where the client has nothing yet; then it is tried again, less and less often. */
  async #isToldFailure(code: string): Promise<boolean> {
    countLive('failed');
    if (FINAL.has(code)) {
      this.#isLast = true;
      // Then another token, and not an end, is what the client needs.
      return !(code === 'UNAUTHENTICATED' && (await this.#work.onUnauthenticated()));
    }
    this.#timer = setTimeout(() => this.#source.mark?.('change'), this.#pauseMs);
    this.#timer.unref();
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    return this.#isFirst;
  }
}
