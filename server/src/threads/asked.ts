import { valueOf } from './failures.ts';
import type { Reply } from './messages.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Questions of one side of a port to the other, until it replies. */
export class Asked {
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** @param post sends the question under its number */
  ask(post: (id: number) => void): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    post(id);
    return answer;
  }

  /** Hands the reply to whoever asked; a reply that nobody waits for is dropped. */
  settle(id: number, reply: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    try {
      waiting?.resolve(valueOf(reply));
    } catch (error) {
      waiting?.reject(error);
    }
  }

  /** Lets everything fail that has no reply: the other side has ended. */
  rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
