import type { TrainingProgress } from '@pocketrocket/model/artifact';
import type { TrainingNotes } from '@pocketrocket/model/redis';

/** The training that runs elsewhere, as it was told last: one note at most, which ends with its trainer. */
export class HeardTraining {
  readonly #livesMs: number;
  readonly #listeners = new Set<() => void>();
  #note: { progress: TrainingProgress; until: number } | null = null;

  /** @param livesMs how long a note holds that is not told again */
  constructor(livesMs: number) {
    this.#livesMs = livesMs;
  }

  /** Takes over what is told from now on. */
  listen(notes: Pick<TrainingNotes, 'onTold'>): Promise<void> {
    return notes.onTold((progress) => {
      this.#note = progress && { progress, until: performance.now() + this.#livesMs };
      for (const listener of this.#listeners) listener();
    });
  }

  /** The training; null where none runs. */
  current(): TrainingProgress | null {
    if (this.#note && performance.now() > this.#note.until) this.#note = null;
    return this.#note?.progress ?? null;
  }

  /** Calls back whenever something was told. @returns ends that */
  onTold(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
